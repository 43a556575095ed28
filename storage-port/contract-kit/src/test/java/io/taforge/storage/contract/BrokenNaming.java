package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stores that put things under another name than they were told. */
final class BrokenNaming {
  private BrokenNaming() {}

  static List<Control> controls() {
    return List.of(
        Control.of("decodes what looks like percent-encoding", "C", i -> named(i, Names::decoded)),
        Control.of("takes a plus for a space", "C", i -> named(i, Names::withoutPlus)),
        Control.of("takes case for a matter of taste", "C", i -> named(i, Names::lower)),
        Control.of("keeps names as a Mac does", "C", i -> named(i, Names::unlessDecomposable)),
        Control.of("replaces what is not ASCII", "CD", i -> named(i, Names::ascii)),
        Control.of("cuts long names", "C", i -> named(i, Names::shortened)),
        Control.of("refuses long keys", "C", i -> refusing(i, Names::isLong)),
        Control.of("refuses what might be a device", "C", i -> refusing(i, Names::isDeviceLike)),
        Control.of("refuses names with a dot in front", "C", i -> refusing(i, Names::isHidden)),
        Control.of("refuses names of its own", "C", i -> refusing(i, Names::isOwn)),
        Control.of("keeps metadata in a file beside", "ACHG", KeepsSidecars::new),
        Control.of("trims a file's ending", "C", i -> named(i, Names::withoutEnding)),
        new Control("follows links", "C", FollowsLinks::new));
  }

  /** What becomes of a file name. */
  private static final class Names {
    static String decoded(String name) {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String withoutPlus(String name) {
      return name.replace('+', ' ');
    }

    static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    static String unlessDecomposable(String name) {
      return Normalizer.normalize(name, Normalizer.Form.NFD);
    }

    static String ascii(String name) {
      return name.replaceAll("[^ -~]|[\"'&]", "_");
    }

    static String shortened(String name) {
      return name.substring(0, Math.min(name.length(), 100));
    }

    static String withoutEnding(String name) {
      return name.replaceAll("(?<=.)\\.(meta|json|tmp|part|lock|log)$", "");
    }

    static boolean isLong(Artifact artifact) {
      return artifact.fileName().value().getBytes(StandardCharsets.UTF_8).length > 200;
    }

    static boolean isDeviceLike(Artifact artifact) {
      return artifact.fileName().value().matches("(?i).*(con|prn|aux|nul|com|lpt).*");
    }

    static boolean isHidden(Artifact artifact) {
      return artifact.fileName().value().startsWith(".");
    }

    static boolean isOwn(Artifact artifact) {
      return artifact.fileName().value().matches("(?i).*(taforge|meta|tmp|temp|part|lock).*");
    }
  }

  private static ArtifactStore named(ArtifactStore inner, UnaryOperator<String> change) {
    return new Renaming(inner, change);
  }

  private static ArtifactStore refusing(ArtifactStore inner, Predicate<Artifact> isRefused) {
    return new DelegatingStore(inner) {
      @Override
      public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
        if (isRefused.test(artifact)) {
          throw new StorageUploadException(
              FailureContext.of(Operation.PUT, buckets(), artifact), "it has a strange name");
        }
        return super.put(artifact, source, options);
      }
    };
  }

  private static final class Renaming extends DelegatingStore {
    private final UnaryOperator<String> change;

    Renaming(ArtifactStore inner, UnaryOperator<String> change) {
      super(inner);
      this.change = change;
    }

    /** The artifact under its other name; itself if that is none. */
    private Artifact renamed(Artifact artifact) {
      try {
        if (artifact instanceof LogSample sample) {
          return new LogSample(sample.request(), changed(sample.fileName()));
        }
        return artifact instanceof DebugBundle bundle
            ? new DebugBundle(bundle.run(), changed(bundle.fileName()))
            : artifact;
      } catch (InvalidKeyException e) {
        throw new StorageUploadException(
            FailureContext.of(Operation.PUT, buckets(), artifact), "it has no name", e);
      }
    }

    private FileName changed(FileName name) {
      return FileName.of(change.apply(name.value()));
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(renamed(artifact), source, options);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      return super.get(renamed(artifact));
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      return super.get(renamed(artifact), range);
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      return super.find(renamed(artifact));
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      return super.delete(renamed(artifact));
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      return super.deleteUnchanged(renamed(artifact), version);
    }

    @Override
    public StoredArtifact replaceMetadata(
        Artifact artifact, Metadata metadata, VersionToken version) {
      return super.replaceMetadata(renamed(artifact), metadata, version);
    }

    @Override
    public Tags tags(Artifact artifact) {
      return super.tags(renamed(artifact));
    }
  }

  private static final class KeepsSidecars extends DelegatingStore {
    KeepsSidecars(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      StoredArtifact stored = super.put(artifact, source, options);
      if (!artifact.key().value().endsWith(".tgz")) {
        super.put(sidecar(artifact), ContentSource.of(new byte[1]), PutOptions.defaults());
      }
      return stored;
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      super.delete(sidecar(artifact));
      return super.delete(artifact);
    }

    private static Artifact sidecar(Artifact artifact) {
      String key = artifact.key().value();
      try {
        return Artifact.at(ArtifactKey.of(key + ".meta"));
      } catch (InvalidKeyException e) {
        return artifact; // too long for a sidecar
      }
    }
  }

  private static final class FollowsLinks extends InMemoryHarness {
    private final Map<String, Path> links = new ConcurrentHashMap<>();

    @Override
    public boolean plantLink(Artifact artifact, boolean asFolder, Path outside) {
      String key = artifact.key().value();
      links.put(asFolder ? key.substring(0, key.lastIndexOf('/') + 1) : key, outside);
      return true;
    }

    @Override
    ArtifactStore handle(ArtifactStore store) {
      return new DelegatingStore(store) {
        @Override
        public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
          Optional<Path> link = link(artifact);
          if (link.isPresent()) {
            write(link.get(), source);
          }
          return super.put(artifact, source, options);
        }
      };
    }

    private Optional<Path> link(Artifact artifact) {
      String key = artifact.key().value();
      return links.entrySet().stream()
          .filter(link -> key.startsWith(link.getKey()))
          .map(link -> link.getValue().resolve(key.substring(link.getKey().length())))
          .findFirst();
    }

    private static void write(Path file, ContentSource source) {
      try {
        Files.write(file, source.open().readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
