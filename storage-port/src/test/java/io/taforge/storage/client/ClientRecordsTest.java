package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.AuditTrail;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of each thing the client does, and what it refuses to begin. */
class ClientRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final RequestId REQUEST = RequestId.random();
  private static final LogSample SAMPLE = new LogSample(REQUEST, FileName.of("a.log"));
  private static final Caller CALLER = new Caller("jo", "c-1");

  private final InMemoryArtifactStore store =
      new InMemoryArtifactStore(new InMemorySpace(Clock.fixed(NOW, ZoneOffset.UTC)));
  private final Trail trail = new Trail();
  private final ObjectStorageClient client =
      new ObjectStorageClient(store, UploadLimit.ofBytes(10))
          .recordedBy(trail, Clock.fixed(NOW, ZoneOffset.UTC))
          .onBehalfOf(CALLER);

  /** Keeps what it is told, unless it is full. */
  private static final class Trail implements AuditTrail {
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<Operation> prepared = new ArrayList<>();
    private boolean isFull;

    @Override
    public void prepare(FailureContext context) {
      prepared.add(context.operation());
    }

    @Override
    public void record(AuditEvent event) {
      if (isFull) {
        throw new StorageAuditException(FailureContext.of(Operation.PUT), "there is no room");
      }
      events.add(event);
    }

    AuditEvent last() {
      return events.get(events.size() - 1);
    }
  }

  private void put(int size) {
    client.upload(SAMPLE, ContentSource.of(new byte[size]), PutOptions.defaults());
  }

  @Test
  void eachOperationIsPreparedForAndRecordedOnce() {
    client.initializeBuckets();
    client.uploadLogSample(REQUEST, FileName.of("a.log"), ContentSource.of(new byte[3]));
    client.uploadDebugBundle(
        ValidationRunId.random(), FileName.of("b.zip"), ContentSource.of(new byte[1]));
    client.find(SAMPLE);
    client.download(SAMPLE).close();
    client.download(SAMPLE, ByteRange.from(1)).close();
    client.readBytes(SAMPLE, 3);
    client.link(LinkRequest.download(SAMPLE));
    client.samplesOf(REQUEST).close();
    client.revisionsOf(REQUEST);
    client.debugBundlesOf(ValidationRunId.random()).close();
    client.amountOf(KeyPrefix.samplesOf(REQUEST));
    client.storageStats();
    client.delete(SAMPLE);
    client.verifyBuckets();
    client.lossOf(ArtifactKind.DEBUG_BUNDLE);
    client.recreateBucket(ArtifactKind.DEBUG_BUNDLE, "debug-bundles");

    assertThat(trail.events)
        .extracting(AuditEvent::event)
        .containsExactly(
            "buckets_initialized",
            "log_sample_uploaded",
            "debug_bundle_uploaded",
            "log_sample_looked_up",
            "log_sample_downloaded",
            "log_sample_downloaded",
            "log_sample_downloaded",
            "log_sample_link_signed",
            "log_samples_listed",
            "ta_bundles_listed",
            "debug_bundles_listed",
            "statistics_made",
            "statistics_made",
            "log_sample_deleted",
            "buckets_verified",
            "debug_bundle_bucket_loss_told",
            "debug_bundle_bucket_recreated");
    assertThat(trail.prepared)
        .containsExactly(
            Operation.CREATE_BUCKET,
            Operation.PUT,
            Operation.PUT,
            Operation.FIND,
            Operation.GET,
            Operation.GET,
            Operation.GET,
            Operation.SIGN_LINK,
            Operation.LIST,
            Operation.LIST,
            Operation.LIST,
            Operation.LIST,
            Operation.LIST,
            Operation.DELETE,
            Operation.VERIFY_BUCKET,
            Operation.RECREATE_BUCKET,
            Operation.RECREATE_BUCKET);
    assertThat(trail.events)
        .allSatisfy(
            each -> {
              assertThat(each.caller()).isEqualTo(CALLER);
              assertThat(each.timestamp()).isEqualTo(NOW);
              assertThat(each.failure()).isEmpty();
              assertThat(each.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            });
    assertThat(trail.events.get(8).requestId()).contains(REQUEST.toString());
    assertThat(trail.events.get(15).size()).hasValue(1);
  }

  @Test
  void sizeAndChecksumAreRecordedWhereTheyAreKnown() {
    client.initializeBuckets();
    put(3);
    assertThat(trail.last().size()).hasValue(3);
    assertThat(trail.last().sha256()).contains(Sha256.of(new byte[3]));
    client.find(SAMPLE);
    assertThat(trail.last().sha256()).contains(Sha256.of(new byte[3]));
    client.download(SAMPLE, ByteRange.from(1)).close();
    assertThat(trail.last().size()).as("of what was read").hasValue(2);
    client.delete(SAMPLE);
    assertThat(trail.last().size()).isEmpty();
    client.find(SAMPLE);
    assertThat(trail.last().size()).isEmpty();
  }

  @Test
  void aFailureIsRecordedAndThrown() {
    client.initializeBuckets();

    assertThatThrownBy(() -> client.download(SAMPLE)).isInstanceOf(StorageNotFoundException.class);
    assertThat(trail.last().event()).isEqualTo("log_sample_downloaded");
    assertThat(trail.last().failure()).contains("StorageNotFoundException");
    assertThat(trail.last().storageKey()).contains(SAMPLE.key().value());
    trail.isFull = true;
    assertThatThrownBy(() -> client.download(SAMPLE))
        .isInstanceOf(StorageNotFoundException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(1)
                    .hasOnlyElementsOfType(StorageAuditException.class));
  }

  @Test
  void whatCannotBeRecordedIsNotHandedOut() {
    client.initializeBuckets();
    put(3);
    List<ArtifactContent> opened = new ArrayList<>();
    ArtifactStore watched =
        OtherStore.than(store)
            .with(
                "get",
                arguments -> {
                  opened.add(store.get(SAMPLE));
                  return opened.get(0);
                })
            .open();
    ObjectStorageClient recorded =
        new ObjectStorageClient(OtherStore.than(watched).with("correlated", id -> watched).open())
            .recordedBy(trail, Clock.systemUTC());
    trail.isFull = true;

    assertThatThrownBy(() -> recorded.download(SAMPLE)).isInstanceOf(StorageAuditException.class);
    assertThat(opened).hasSize(1);
    assertThatThrownBy(() -> opened.get(0).stream().read())
        .hasMessageContaining("the content has been closed");
    assertThatThrownBy(() -> client.delete(SAMPLE)).isInstanceOf(StorageAuditException.class);
  }

  @Test
  void aLimitedSourceIsTheSourceUpToTheLimit(@TempDir Path folder) throws IOException {
    UploadLimit limit = UploadLimit.ofBytes(3);
    FailureContext context = FailureContext.of(Operation.PUT);
    Path file = Files.write(folder.resolve("file"), new byte[3]);
    ContentSource fromFile = LimitedSource.of(ContentSource.of(file), limit, context);
    ContentSource unknown =
        LimitedSource.of(
            ContentSource.of(new ByteArrayInputStream(new byte[] {1, 2, 3, 4})), limit, context);

    assertThat(fromFile.length()).hasValue(3);
    assertThat(fromFile.isReplayable()).isTrue();
    assertThat(fromFile.file()).contains(file);
    assertThat(unknown.length()).isEqualTo(OptionalLong.empty());
    assertThat(unknown.isReplayable()).isFalse();
    assertThat(unknown.file()).isEmpty();
    try (InputStream content = unknown.open()) {
      assertThat(List.of(content.read(), content.read(), content.read())).containsExactly(1, 2, 3);
      assertThatThrownBy(content::read)
          .isInstanceOfSatisfying(
              StorageQuotaExceededException.class, e -> assertThat(e.size()).isEqualTo(4));
    }
    try (InputStream content = fromFile.open()) {
      assertThat(content.readAllBytes()).hasSize(3);
      assertThat(content.read()).isEqualTo(-1);
      assertThat(content.read(new byte[1], 0, 1)).isEqualTo(-1);
    }
    assertThatThrownBy(() -> LimitedSource.of(ContentSource.of(new byte[4]), limit, context))
        .isInstanceOf(StorageQuotaExceededException.class);
  }

  @Test
  void aLinkForMoreThanTheLimitIsNotSigned() {
    client.initializeBuckets();

    assertThat(client.link(LinkRequest.upload(SAMPLE)).expiresAt())
        .isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(client.link(LinkRequest.upload(SAMPLE).ofLength(10))).isNotNull();
    assertThatThrownBy(() -> client.link(LinkRequest.upload(SAMPLE).ofLength(11)))
        .isInstanceOfSatisfying(
            StorageQuotaExceededException.class, e -> assertThat(e.size()).isEqualTo(11));
  }

  @Test
  void amountsAreThoseBelowAPrefix() {
    client.initializeBuckets();
    put(3);
    client.uploadLogSample(REQUEST, FileName.of("b.log"), ContentSource.of(new byte[4]));
    client.uploadLogSample(RequestId.random(), FileName.of("c.log"), ContentSource.of(new byte[5]));

    assertThat(client.amountOf(KeyPrefix.samplesOf(REQUEST)))
        .isEqualTo(new StorageStats.Amount(2, ByteSize.of(7)));
    assertThat(client.lossOf(ArtifactKind.LOG_SAMPLE).objects()).isEqualTo(3);
    assertThat(client.recreateBucket(ArtifactKind.LOG_SAMPLE, "log-samples")).isNotEmpty();
    assertThat(client.verifyBuckets()).isEqualTo(store.verifyBuckets()).isNotEmpty();
    assertThat(client.lossOf(ArtifactKind.LOG_SAMPLE).isNothing()).isTrue();
  }

  @Test
  void rulesOfABackendWithoutRulesAreUnsupported() {
    RetentionPolicy policy = RetentionPolicy.samplesFor(Duration.ofDays(30));

    assertThatThrownBy(() -> client.compareNativeRetention(policy))
        .isInstanceOf(StorageUnsupportedException.class)
        .hasMessageContaining("this backend has no lifecycle rules");
    assertThat(trail.last().event()).isEqualTo("native_retention_compared");
    assertThatThrownBy(() -> client.applyNativeRetention(policy))
        .isInstanceOf(StorageUnsupportedException.class);
    assertThat(trail.last().event()).isEqualTo("native_retention_applied");
    assertThat(trail.prepared).containsExactly(Operation.READ_RULES, Operation.CHANGE_RULES);
  }

  @Test
  void statisticsWithoutAKindAreAMistake() {
    StorageStats none =
        new StorageStats(
            NOW, new EnumMap<>(ArtifactKind.class), StorageStats.Amount.NONE, Map.of());

    assertThatThrownBy(() -> none.of(ArtifactKind.TA_BUNDLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("there are none of");
    client.initializeBuckets();
    put(3);
    assertThat(client.storageStats().of(ArtifactKind.LOG_SAMPLE).amount())
        .isEqualTo(new StorageStats.Amount(1, ByteSize.of(3)));
    assertThat(client.storageStats().expired()).isEqualTo(StorageStats.Amount.NONE);
  }

  @Test
  void aSampleKeepsWhatIsKnownOfIt() {
    client.initializeBuckets();
    put(3);

    Stored<LogSample> found = client.samplesOf(REQUEST).toList().get(0);
    assertThat(found.artifact()).isEqualTo(SAMPLE);
    assertThat(found.size()).isEqualTo(3);
    assertThat(found.storedAt()).isEqualTo(NOW);
    assertThat(found.sha256()).contains(Sha256.of(new byte[3]));
    assertThat(found.contentType()).hasToString("text/plain");
    assertThat(found.metadata().isEmpty()).isTrue();
    assertThat(Optional.of(found.facts())).isEqualTo(store.find(SAMPLE));
  }
}
