package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Stores that keep something else than what they were given, or show it too early or too late. */
final class BrokenWriting {
  private static final int PART = 5 * 1024 * 1024;

  private BrokenWriting() {}

  static List<Control> controls() {
    return List.of(
        Control.of("writes in place", "AEFO", WritesInPlace::new),
        Control.of("removes the old before it writes the new", "AE", RemovesFirst::new),
        Control.of("keeps no empty content", "A", KeepsNoEmpty::new),
        Control.of("keeps no last byte", "AEJ", inner -> changing(inner, Content::withoutLast)),
        Control.of("keeps whole parts only", "AE", inner -> changing(inner, Content::wholeParts)),
        Control.of("writes text", "A", inner -> changing(inner, Content::asText)),
        Control.of("cuts what is longer than announced", "A", CutsAtLength::new),
        Control.of("fills up what is shorter than announced", "A", FillsUpToLength::new),
        Control.of("takes what is available for all there is", "A", TrustsAvailable::new),
        Control.of("takes a failing source for one that ends", "AN", TakesFailureForEnd::new),
        Control.of("calls what its source throws a failed upload", "J", RenamesFailures::new),
        Control.of("keeps the old metadata", "A", KeepsOldMetadata::new),
        Control.of("writes metadata after content", "AF", WritesMetadataLater::new),
        Control.of("closes its source before it is read", "A", ClosesTooEarly::new),
        Control.of("shows each handle what that handle has seen", "A", CachesForever::new),
        Control.of("reads anew in the middle of content", "A", ReadsAnew::new),
        new Control("takes heap for all content", "A", TakesHeap::new),
        new Control("leaves temporary files behind", "AEO", LeavesFiles::new));
  }

  /** What becomes of some bytes. */
  private static final class Content {
    static byte[] withoutLast(byte[] all) {
      return Arrays.copyOf(all, Math.max(0, all.length - 1));
    }

    static byte[] wholeParts(byte[] all) {
      return all.length < PART ? all : Arrays.copyOf(all, all.length / PART * PART);
    }

    static byte[] asText(byte[] all) {
      return new String(all, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static ArtifactStore changing(ArtifactStore inner, UnaryOperator<byte[]> change) {
    return new DelegatingStore(inner) {
      @Override
      public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
        return super.put(artifact, Sloppy.changed(source, change), Sloppy.withoutChecksum(options));
      }
    };
  }

  private static final class WritesInPlace extends DelegatingStore {
    WritesInPlace(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (!Sloppy.isUnconditional(options)) {
        return super.put(artifact, source, options);
      }
      return super.put(
          artifact,
          Sloppy.reading(source, stream -> Sloppy.peeking(stream, first -> show(artifact, first))),
          options);
    }

    private void show(Artifact artifact, byte[] first) {
      super.put(artifact, ContentSource.of(first), PutOptions.defaults());
    }
  }

  private static final class RemovesFirst extends DelegatingStore {
    RemovesFirst(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (Sloppy.isUnconditional(options)) {
        delete(artifact);
      }
      return super.put(artifact, source, options);
    }
  }

  private static final class RenamesFailures extends DelegatingStore {
    RenamesFailures(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageException e) {
        throw new StorageUploadException(e.context(), "the source cannot be read", e);
      }
    }
  }

  private static final class KeepsNoEmpty extends DelegatingStore {
    KeepsNoEmpty(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      StoredArtifact stored = super.put(artifact, source, options);
      if (stored.size() == 0) {
        delete(artifact);
      }
      return stored;
    }
  }

  private static final class CutsAtLength extends DelegatingStore {
    CutsAtLength(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(
          artifact, Sloppy.reading(source, stream -> cut(stream, source.length())), options);
    }

    private static InputStream cut(InputStream stream, OptionalLong length) {
      return new FilterInputStream(stream) {
        private long left = length.orElse(Long.MAX_VALUE);

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
          int read = left == 0 ? -1 : super.read(buffer, offset, (int) Math.min(left, count));
          left -= Math.max(0, read);
          return read;
        }
      };
    }
  }

  private static final class FillsUpToLength extends DelegatingStore {
    FillsUpToLength(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(
          artifact, Sloppy.reading(source, stream -> filled(stream, source.length())), options);
    }

    private static InputStream filled(InputStream stream, OptionalLong length) {
      return new FilterInputStream(stream) {
        private long left = length.orElse(0);

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
          int read = super.read(buffer, offset, count);
          if (read < 0 && left > 0) {
            read = (int) Math.min(left, count);
            Arrays.fill(buffer, offset, offset + read, (byte) 0);
          }
          left -= Math.max(0, read);
          return read;
        }
      };
    }
  }

  private static final class TrustsAvailable extends DelegatingStore {
    TrustsAvailable(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(
          artifact,
          source.length().isPresent() ? source : Sloppy.reading(source, Available::new),
          options);
    }

    private static final class Available extends FilterInputStream {
      private boolean isRead;

      Available(InputStream stream) {
        super(stream);
      }

      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        if (isRead) {
          return -1;
        }
        isRead = true;
        return super.read(buffer, offset, count);
      }
    }
  }

  private static final class TakesFailureForEnd extends DelegatingStore {
    TakesFailureForEnd(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(
          artifact, Sloppy.reading(source, OptionalLong.empty(), Patient::new), options);
    }

    private static final class Patient extends FilterInputStream {
      Patient(InputStream stream) {
        super(stream);
      }

      @Override
      public int read(byte[] buffer, int offset, int count) {
        try {
          return super.read(buffer, offset, count);
        } catch (IOException e) {
          return -1;
        }
      }
    }
  }

  private static final class KeepsOldMetadata extends DelegatingStore {
    KeepsOldMetadata(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      Metadata metadata = find(artifact).map(StoredArtifact::metadata).orElse(options.metadata());
      return super.put(artifact, source, options.withMetadata(metadata));
    }
  }

  private static final class WritesMetadataLater extends DelegatingStore {
    WritesMetadataLater(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (options.metadata().isEmpty()) {
        return super.put(artifact, source, options);
      }
      StoredArtifact stored = super.put(artifact, source, options.withMetadata(Metadata.none()));
      Sloppy.pause(2);
      return super.replaceMetadata(artifact, options.metadata(), stored.version());
    }
  }

  private static final class ClosesTooEarly extends DelegatingStore {
    ClosesTooEarly(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, Sloppy.reading(source, ClosesTooEarly::closed), options);
    }

    private static InputStream closed(InputStream stream) {
      try {
        stream.close();
        return stream;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class CachesForever extends DelegatingStore {
    private final Map<Artifact, Optional<StoredArtifact>> known = new ConcurrentHashMap<>();
    private final Map<Artifact, byte[]> seen = new ConcurrentHashMap<>();

    CachesForever(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      known.remove(artifact);
      seen.remove(artifact);
      return super.put(artifact, source, options);
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      return known.computeIfAbsent(artifact, super::find);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      try (ArtifactContent content = super.get(artifact)) {
        byte[] bytes = seen.computeIfAbsent(artifact, unseen -> content.readBytes(PART * 20));
        return Retold.whole(
            Retold.with(Retold.with(content.artifact(), bytes.length), Optional.empty()),
            new ByteArrayInputStream(bytes));
      }
    }
  }

  /** As if the path were opened again for the second buffer. */
  private static final class ReadsAnew extends DelegatingStore {
    ReadsAnew(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      ArtifactContent content = super.get(artifact);
      StoredArtifact unverified = Retold.with(content.artifact(), Optional.empty());
      return Retold.whole(
          unverified,
          new FilterInputStream(content.stream()) {
            private byte[] bytes = new byte[0];
            private int buffers;
            private int position;

            @Override
            public int read(byte[] buffer, int offset, int count) {
              if (buffers++ < 2) {
                readAnew();
              }
              int read = Math.min(count, bytes.length - position);
              if (read <= 0) {
                return -1;
              }
              System.arraycopy(bytes, position, buffer, offset, read);
              position += read;
              return read;
            }

            private void readAnew() {
              try (ArtifactContent now = ReadsAnew.super.get(artifact)) {
                bytes = now.readBytes(PART * 20);
              }
            }
          });
    }
  }

  /** What a store in memory does, if it does not say so. */
  private static final class TakesHeap extends InMemoryHarness {
    @Override
    public boolean keepsContentInMemory() {
      return false;
    }
  }

  private static final class LeavesFiles extends InMemoryHarness {
    private final List<String> leftovers = new CopyOnWriteArrayList<>();

    @Override
    ArtifactStore handle(ArtifactStore store) {
      return new DelegatingStore(store) {
        @Override
        public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
          try {
            return super.put(artifact, source, options);
          } catch (StorageException e) {
            leftovers.add(artifact.key() + ".tmp");
            throw e;
          }
        }
      };
    }

    @Override
    public List<String> leftovers() {
      return List.copyOf(leftovers);
    }
  }
}
