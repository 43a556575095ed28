package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Stores that remember something else than they were told. */
final class BrokenDescribing {
  private BrokenDescribing() {}

  static List<Control> controls() {
    return List.of(
        Control.of("forgets metadata", "D", i -> remembering(i, entries -> Map.of())),
        Control.of("marks metadata keys as its own", "D", i -> remembering(i, Entries::prefixed)),
        Control.of("keeps ASCII of metadata", "D", i -> remembering(i, Entries::ascii)),
        Control.of("keeps Latin-1 of metadata", "D", i -> remembering(i, Entries::latin)),
        Control.of("trims metadata", "D", i -> remembering(i, Entries::trimmed)),
        Control.of("cuts metadata at 1 KB", "D", i -> remembering(i, Entries::cut)),
        Control.of("keeps one entry of metadata", "D", i -> remembering(i, Entries::first)),
        Control.of("takes all content for bytes", "D", ForgetsType::new),
        Control.of(
            "takes all content for text",
            "D",
            i -> new Retold(i, f -> Retold.with(f, ContentType.of("text/plain")))),
        Control.of(
            "is an hour ahead",
            "D",
            i -> new Retold(i, f -> Retold.with(f, f.storedAt().plus(Duration.ofHours(1))))),
        Control.of("knows no time", "D", i -> new Retold(i, f -> Retold.with(f, Instant.EPOCH))),
        Control.of("forgets tags", "D", i -> tagging(i, tags -> Tags.none())),
        Control.of("keeps old tags", "D", KeepsOldTags::new),
        Control.of("takes metadata for an addition", "D", AddsMetadata::new),
        Control.of("rewrites content with its metadata", "D", RewritesContent::new),
        Control.of("replaces metadata of whatever is there", "DF", ReplacesAnyMetadata::new));
  }

  /** What becomes of metadata. */
  private static final class Entries {
    static Map<String, String> prefixed(Map<String, String> entries) {
      Map<String, String> changed = new TreeMap<>();
      entries.forEach((key, value) -> changed.put("x-" + key, value));
      return changed;
    }

    static Map<String, String> ascii(Map<String, String> entries) {
      return values(entries, value -> value.replaceAll("[^ -~]", "?"));
    }

    static Map<String, String> latin(Map<String, String> entries) {
      return values(
          entries,
          value ->
              new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
    }

    static Map<String, String> trimmed(Map<String, String> entries) {
      return values(entries, String::trim);
    }

    static Map<String, String> cut(Map<String, String> entries) {
      return values(entries, value -> value.substring(0, Math.min(value.length(), 1024)));
    }

    static Map<String, String> first(Map<String, String> entries) {
      Map<String, String> changed = new TreeMap<>();
      entries.entrySet().stream().limit(1).forEach(e -> changed.put(e.getKey(), e.getValue()));
      return changed;
    }

    private static Map<String, String> values(
        Map<String, String> entries, UnaryOperator<String> change) {
      Map<String, String> changed = new TreeMap<>(entries);
      changed.replaceAll((key, value) -> change.apply(value));
      return changed;
    }
  }

  private static ArtifactStore remembering(
      ArtifactStore inner, UnaryOperator<Map<String, String>> change) {
    return new Putting(
        inner,
        (artifact, options) ->
            options.withMetadata(Metadata.of(change.apply(options.metadata().entries()))));
  }

  private static ArtifactStore tagging(ArtifactStore inner, UnaryOperator<Tags> change) {
    return new Putting(
        inner, (artifact, options) -> options.withTags(change.apply(options.tags())));
  }

  /** Puts with other options. */
  private static class Putting extends DelegatingStore {
    private final BiFunction<Artifact, PutOptions, PutOptions> change;

    Putting(ArtifactStore inner, BiFunction<Artifact, PutOptions, PutOptions> change) {
      super(inner);
      this.change = change;
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, source, change.apply(artifact, options));
    }
  }

  private static final class ForgetsType extends Putting {
    ForgetsType(ArtifactStore inner) {
      super(
          inner,
          (artifact, options) ->
              options.contentType().isPresent()
                  ? options.withContentType(ContentType.of("application/octet-stream"))
                  : options);
    }
  }

  private static final class KeepsOldTags extends Putting {
    KeepsOldTags(ArtifactStore inner) {
      super(
          inner,
          (artifact, options) ->
              inner.find(artifact).isPresent() ? options.withTags(inner.tags(artifact)) : options);
    }
  }

  private static final class AddsMetadata extends DelegatingStore {
    AddsMetadata(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact replaceMetadata(
        Artifact artifact, Metadata metadata, VersionToken version) {
      Map<String, String> all = new TreeMap<>();
      find(artifact).ifPresent(old -> all.putAll(old.metadata().entries()));
      all.putAll(metadata.entries());
      return super.replaceMetadata(artifact, Metadata.of(all), version);
    }
  }

  private static final class RewritesContent extends DelegatingStore {
    RewritesContent(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact replaceMetadata(
        Artifact artifact, Metadata metadata, VersionToken version) {
      super.replaceMetadata(artifact, metadata, version);
      return put(
          artifact, ContentSource.of(new byte[0]), PutOptions.defaults().withMetadata(metadata));
    }
  }

  private static final class ReplacesAnyMetadata extends DelegatingStore {
    ReplacesAnyMetadata(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact replaceMetadata(
        Artifact artifact, Metadata metadata, VersionToken version) {
      VersionToken any = find(artifact).map(StoredArtifact::version).orElse(version);
      return super.replaceMetadata(artifact, metadata, any);
    }
  }
}
