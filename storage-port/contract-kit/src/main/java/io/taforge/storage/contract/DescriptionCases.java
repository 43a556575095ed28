package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.Tags;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Area D: what is told of some content is kept with it. */
abstract class DescriptionCases extends ContractCases {
  private static final byte[] CONTENT = bytes(1000, 4);
  private static final Metadata METADATA =
      Metadata.of(Map.of("colour", "red", "source-type", "vyos:syslog", "empty", ""));

  @Case("D01")
  void metadataIsKept() {
    assertKept(METADATA);
    assertKept(Metadata.none());
    assertKept(Metadata.of("spaces", " a  b "));
    assertKept(Metadata.of("signs", "a=b; c,\"d\" %41 + \\ <é> 'x' #1?&"));
    assertKept(Metadata.of("!#$%&'*+-.^_`|~09az", "a key of all allowed characters"));
  }

  @Case("D02")
  void metadataKeysAreLowerCase() {
    StoredArtifact stored = putWith(Metadata.of("Source-TYPE", "Vyos"));

    assertThat(stored.metadata().entries()).isEqualTo(Map.of("source-type", "Vyos"));
    assertThat(store.find(sample("a.log")).orElseThrow().metadata().entries())
        .isEqualTo(Map.of("source-type", "Vyos"));
    assertThat(stored.metadata().value("SOURCE-type")).contains("Vyos");
  }

  @Case("D03")
  void metadataValuesAreUnicode() {
    assertKept(Metadata.of("latin", "Größe: 5 µm, déjà vu"));
    assertKept(Metadata.of("more", "日本語 \ud83d\ude00 \u0440\u0443 \u05d0"));
    assertKept(Metadata.of("decomposed", "e\u0301"));
    assertKept(Metadata.of("encoded", "=?UTF-8?B?w6k=?= %C3%A9 \\u00e9"));
  }

  @Case("D04")
  void metadataMayBeAsLargeAsAllowedAndNoLarger() {
    int most = Metadata.MAX_BYTES - "key".length();
    assertKept(Metadata.of("key", "x".repeat(most)));
    assertKept(Metadata.of("key", "\u00e9".repeat(most / 6)));
    Map<String, String> many = new LinkedHashMap<>();
    int each = Metadata.MAX_BYTES / Metadata.MAX_ENTRIES;
    for (int i = 0; i < Metadata.MAX_ENTRIES; i++) {
      many.put("key-%04d".formatted(i), "x".repeat(each - "key-0000".length()));
    }
    assertKept(Metadata.of(many));
    assertKept(Metadata.of("k".repeat(Metadata.MAX_KEY_BYTES), ""));
    assertKept(Metadata.of("_".repeat(Metadata.MAX_KEY_BYTES / 3), ""));

    assertThatThrownBy(() -> Metadata.of("key", "x".repeat(most + 1)))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> Metadata.of("taforge-sha256", "mine"))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> Metadata.of("key", "a\nb"))
        .isInstanceOf(InvalidMetadataException.class);
  }

  @Case("D05")
  void theContentTypeIsTheGivenOneOrTheOneThatTheNameTells() {
    assertType(sample("a.log"), ContentType.TEXT);
    assertType(sample("a.unknown"), ContentType.BINARY);
    assertType(sample("a.CSV"), ContentType.of("text/csv"));
    assertType(new TaBundle(request, BundleVersion.of(1), RevisionId.random()), ContentType.GZIP);
    assertType(
        new DebugBundle(ValidationRunId.random(), FileName.of("debug.zip")), ContentType.ZIP);

    for (String given :
        new String[] {"text/x-vyos", "application/json; charset=\"utf-8\"", "text/plain"}) {
      ContentType type = ContentType.of(given);
      PutOptions options = PutOptions.defaults().withContentType(type);
      store.put(sample("a.zip"), ContentSource.of(CONTENT), options);
      assertThat(store.find(sample("a.zip")).orElseThrow().contentType()).isEqualTo(type);
    }
  }

  @Case("D06")
  void aNameWithQuotesCanBeHandedOutAsAnAttachment() {
    LogSample quoted = sample("Bob's \u201cbest\u201d & caf\u00e9; x=1.log");
    assertThatThrownBy(() -> FileName.of("a\"b.log")).isInstanceOf(InvalidKeyException.class);
    put(quoted, CONTENT);

    Artifact listed = store.scan(KeyPrefix.samplesOf(request)).findFirst().orElseThrow().artifact();
    assertThat(listed.fileName()).isEqualTo(quoted.fileName());
    assertThat(listed.fileName().attachment())
        .isEqualTo(
            "attachment; filename=\"Bob's _best_ & caf_; x=1.log\"; filename*=UTF-8''"
                + "Bob%27s%20%E2%80%9Cbest%E2%80%9D%20&%20caf%C3%A9%3B%20x%3D1.log");
  }

  @Case("D07")
  void theTimeIsWhenItWasStored() {
    for (int i = 0; i < 2; i++) {
      Instant before = harness().clock().instant().minusSeconds(2);
      StoredArtifact stored = put(sample("a.log"), CONTENT);
      Instant after = harness().clock().instant().plusSeconds(2);

      assertThat(stored.storedAt()).isBetween(before, after);
      assertThat(store.find(sample("a.log"))).contains(stored);
      assertThat(store.scan(KeyPrefix.samplesOf(request)).findFirst().orElseThrow().storedAt())
          .isBetween(before, after);
    }
  }

  @Case("D08")
  void tagsAreKeptOrRefused() {
    Tags tags = Tags.of(Map.of("team", "SOC 1", "größe", "a+b=c/d:e@f", "empty", ""));
    PutOptions tagged = PutOptions.defaults().withTags(tags);
    if (!can(Capability.TAGS)) {
      assertThatThrownBy(() -> store.put(sample("a.log"), ContentSource.of(CONTENT), tagged))
          .isInstanceOf(StorageUnsupportedException.class);
      assertThat(store.find(sample("a.log"))).isEmpty();
      put(sample("a.log"), CONTENT);
      assertThatThrownBy(() -> store.tags(sample("a.log")))
          .isInstanceOf(StorageUnsupportedException.class);
      return;
    }
    store.put(sample("a.log"), ContentSource.of(CONTENT), tagged);
    assertThat(store.tags(sample("a.log"))).isEqualTo(tags);

    Tags other = Tags.of(Map.of("team", "SOC 2"));
    store.put(sample("a.log"), ContentSource.of(CONTENT), PutOptions.defaults().withTags(other));
    assertThat(store.tags(sample("a.log"))).isEqualTo(other);
    put(sample("a.log"), CONTENT);
    assertThat(store.tags(sample("a.log"))).isEqualTo(Tags.none());
  }

  @Case("D09")
  void metadataIsReplacedWithoutTheContentOrRefused() {
    ContentType type = ContentType.of("text/x-vyos");
    PutOptions options = PutOptions.defaults().withMetadata(METADATA).withContentType(type);
    StoredArtifact old = confirmed(store.put(sample("a.log"), ContentSource.of(CONTENT), options));
    Metadata replacing = Metadata.of("colour", "blue");
    if (!can(Capability.METADATA_UPDATE)) {
      assertThatThrownBy(() -> store.replaceMetadata(sample("a.log"), replacing, old.version()))
          .isInstanceOf(StorageUnsupportedException.class);
      assertThat(store.find(sample("a.log"))).contains(old);
      return;
    }
    StoredArtifact now =
        confirmed(store.replaceMetadata(sample("a.log"), replacing, old.version()));

    assertThat(now.metadata()).isEqualTo(replacing);
    assertThat(now.contentType()).isEqualTo(type);
    assertThat(now.sha256()).isEqualTo(old.sha256());
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);

    StoredArtifact later = put(sample("a.log"), bytes(10, 1));
    assertThatThrownBy(() -> store.replaceMetadata(sample("a.log"), METADATA, old.version()))
        .isInstanceOf(StorageConflictException.class);
    assertThat(store.find(sample("a.log"))).contains(later);
    assertThatThrownBy(() -> store.replaceMetadata(sample("b.log"), METADATA, old.version()))
        .isInstanceOf(StorageNotFoundException.class);
  }

  private StoredArtifact putWith(Metadata metadata) {
    PutOptions options = PutOptions.defaults().withMetadata(metadata);
    return confirmed(store.put(sample("a.log"), ContentSource.of(CONTENT), options));
  }

  private void assertKept(Metadata metadata) {
    assertThat(putWith(metadata).metadata()).isEqualTo(metadata);
    assertThat(store.find(sample("a.log")).orElseThrow().metadata()).isEqualTo(metadata);
    assertThat(store.scanDetailed(KeyPrefix.samplesOf(request)).limit(MOST_ENTRIES))
        .extracting(StoredArtifact::metadata)
        .containsExactly(metadata);
    try (ArtifactContent content = store.get(sample("a.log"))) {
      assertThat(content.artifact().metadata()).isEqualTo(metadata);
    }
  }

  private void assertType(Artifact artifact, ContentType type) {
    assertThat(put(artifact, CONTENT).contentType()).isEqualTo(type);
    assertThat(store.find(artifact).orElseThrow().contentType()).isEqualTo(type);
  }
}
