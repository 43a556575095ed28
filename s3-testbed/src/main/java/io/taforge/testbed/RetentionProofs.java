package io.taforge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.Leftover;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.NativeRetentionState;
import io.taforge.storage.NativeRule;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StoredArtifact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * What only a server with lifecycle rules and object locks can prove of an adapter, which extends
 * this.
 */
public abstract class RetentionProofs {
  private static final RetentionPolicy MONTH = RetentionPolicy.samplesFor(Duration.ofDays(30));
  private static final NativeRule RULE = new NativeRule("taforge-log-samples", "samples/", 30, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CephServer ceph = CephServer.running();
  private final S3Client client = ceph.client();
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final TaBundle bundle =
      new TaBundle(RequestId.random(), BundleVersion.of(1), RevisionId.random());
  private S3Harness harness;
  private ArtifactStore store;
  private String bucket;

  /** Opens a store of the adapter on a target. */
  protected abstract ArtifactStore open(S3Target target);

  @BeforeEach
  final void openStore() {
    harness = new S3Harness(ceph, this::open, Set.of(), NoOther.class);
    store = harness.open();
    bucket = store.buckets().samples();
  }

  @AfterEach
  final void cleanUp() {
    store.close();
    harness.cleanup();
  }

  @Test
  public final void samplesExpireByOurRuleAndNothingElseDoes() throws InterruptedException {
    put(sample);
    put(bundle);
    client.putObject(each -> each.bucket(bucket).key("other/a.log"), RequestBody.fromString("x"));
    store.acquireLease("a cleaner", Duration.ofMinutes(1)).close();
    String upload =
        client.createMultipartUpload(each -> each.bucket(bucket).key("samples/b")).uploadId();
    retention().apply(RetentionPolicy.samplesFor(Duration.ofDays(2)));

    awaitGone();
    Thread.sleep(ceph.day().multipliedBy(3).toMillis());
    assertThat(store.find(bundle)).isPresent();
    assertThat(client.listObjectsV2(each -> each.bucket(bucket)).contents())
        .extracting(each -> each.key())
        .containsExactlyInAnyOrder(".taforge/lease", "other/a.log");
    assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE)).as("upload %s", upload).isEmpty();
  }

  @Test
  public final void aRuleIsPutInPlaceOnceAndForeignOnesStayAsTheyAre() {
    client.putBucketLifecycleConfiguration(
        each -> each.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(foreign())));
    List<LifecycleRule> before = rules();
    NativeRetention retention = retention();
    List<String> ids = List.of("archive", "old", "two-tags");

    assertThat(retention.rule(MONTH)).contains(RULE);
    assertThat(retention.compare(MONTH))
        .isEqualTo(
            new NativeRetentionState(bucket, Optional.of(RULE), false, Optional.empty(), ids));
    assertThat(retention.apply(MONTH).isInPlace()).isFalse();
    assertThat(retention.compare(MONTH))
        .isEqualTo(
            new NativeRetentionState(bucket, Optional.of(RULE), true, Optional.of(RULE), ids));
    assertThat(rules()).hasSize(4).containsAll(before);
    assertThat(rules()).filteredOn(each -> each.id().equals(RULE.id())).containsExactly(ours());

    harness.proxy().forgetRequests();
    assertThat(retention.apply(MONTH).isInPlace()).isTrue();
    assertThat(harness.proxy().requests())
        .singleElement()
        .satisfies(each -> assertThat(each.method()).isEqualTo("GET"));

    assertThat(retention.apply(RetentionPolicy.samplesFor(Duration.ofDays(7))).found())
        .contains(RULE);
    assertThat(retention.compare(MONTH).found())
        .contains(new NativeRule(RULE.id(), RULE.prefix(), 7, 1));
    retention.apply(RetentionPolicy.keepEverything());
    assertThat(rules()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  public final void whenNothingElseIsThereTheLastRuleGoesWithOurs() {
    NativeRetention retention = retention();
    assertThat(retention.apply(RetentionPolicy.keepEverything()).isInPlace()).isTrue();
    retention.apply(MONTH);
    assertThat(rules()).containsExactly(ours());

    retention.apply(RetentionPolicy.keepEverything());
    assertThat(retention.compare(RetentionPolicy.keepEverything()).isInPlace()).isTrue();
    assertThatThrownBy(this::rules)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  public final void aRuleOfOursThatSomebodyHasChangedIsPutRight() {
    List<LifecycleRule> changed =
        List.of(
            ours().toBuilder().status(ExpirationStatus.DISABLED).build(),
            ours().toBuilder().filter(each -> each.prefix("samples/1")).build(),
            ours().toBuilder().noncurrentVersionExpiration(each -> each.noncurrentDays(3)).build());
    for (LifecycleRule each : changed) {
      client.putBucketLifecycleConfiguration(
          request -> request.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(each)));

      NativeRetentionState state = retention().compare(MONTH);
      assertThat(state.isInPlace()).isFalse();
      assertThat(state.isThere()).isTrue();
      retention().apply(MONTH);
      assertThat(rules()).containsExactly(ours());
    }
  }

  @Test
  public final void aPeriodThatIsNotWholeDaysIsRefused() {
    for (Duration period :
        List.of(Duration.ofHours(36), Duration.ofHours(1), Duration.ofDays(1L << 31))) {
      RetentionPolicy policy = RetentionPolicy.samplesFor(period);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> retention().apply(policy))
          .withMessageContaining("a number of whole days is allowed");
    }
    assertThat(retention().compare(MONTH).isThere()).isFalse();
  }

  @Test
  public final void aServerThatForgetsWhatItWasSentIsFoundOut() {
    NativeRetention retention = retention();
    harness
        .proxy()
        .inject(
            new Fault(
                ProxiedRequest::isWrite, exchange -> exchange.answer(Answer.error(200, "None"))));

    assertThatThrownBy(() -> retention.apply(MONTH))
        .isInstanceOf(StorageRetentionException.class)
        .hasMessage(
            "Cannot change the lifecycle rules of "
                + bucket
                + ": the server does not show the rule that it was sent");
  }

  @Test
  public final void aLockOfTheServerIsTold() throws InterruptedException {
    String locked = "locked-" + bucket;
    client.createBucket(each -> each.bucket(locked).objectLockEnabledForBucket(true));
    S3Target target = harness.target();
    S3Target other =
        new S3Target(
            target.endpoint(),
            target.region(),
            target.accessKey(),
            target.secretKey(),
            new Buckets(locked, target.buckets().bundles(), target.buckets().debug()));
    try (ArtifactStore lockable = open(other)) {
      lockable.put(sample, ContentSource.of(new byte[] {1}), PutOptions.defaults());
      assertThat(isLocked(lockable)).isFalse();

      hold(locked, ObjectLockLegalHoldStatus.ON);
      assertThat(isLocked(lockable)).isTrue();
      assertThat(lockable.scanDetailed(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)))
          .extracting(StoredArtifact::isHeld)
          .containsExactly(true);
      try (ArtifactContent content = lockable.get(sample)) {
        assertThat(content.artifact().isLocked()).isTrue();
      }
      hold(locked, ObjectLockLegalHoldStatus.OFF);
      assertThat(isLocked(lockable)).isFalse();

      retainUntil(locked, Instant.now().plusSeconds(4));
      assertThat(isLocked(lockable)).isTrue();
      Thread.sleep(6000);
      assertThat(isLocked(lockable)).isFalse();
    } finally {
      remove(locked);
    }
  }

  @Test
  public final void moreOpenUploadsThanAPageHasAreAllListed() {
    Set<String> ids = new HashSet<>();
    IntStream.range(0, 1001)
        .forEach(
            i ->
                ids.add(
                    client
                        .createMultipartUpload(each -> each.bucket(bucket).key("samples/" + i % 3))
                        .uploadId()));
    harness.proxy().forgetRequests();
    List<Leftover> found = new ArrayList<>();
    store.leftovers(ArtifactKind.LOG_SAMPLE).limit(10).forEach(found::add);
    assertThat(harness.proxy().requests()).hasSize(1);

    assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE))
        .extracting(each -> each.name().replaceAll(".* ", ""))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  /** No other process takes part. */
  private static final class NoOther implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String target) {
      throw new UnsupportedOperationException(target);
    }
  }

  private NativeRetention retention() {
    return store.nativeRetention().orElseThrow();
  }

  private void put(Artifact artifact) {
    store.put(artifact, ContentSource.of(new byte[] {1}), PutOptions.defaults());
  }

  private void awaitGone() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (store.find(sample).isPresent()) {
      assertThat(System.nanoTime()).as("The sample does not expire").isLessThan(end);
      Thread.sleep(200);
    }
  }

  private List<LifecycleRule> rules() {
    return client.getBucketLifecycleConfiguration(each -> each.bucket(bucket)).rules();
  }

  private static LifecycleRule ours() {
    return LifecycleRule.builder()
        .id(RULE.id())
        .status(ExpirationStatus.ENABLED)
        .filter(each -> each.prefix("samples/"))
        .expiration(each -> each.days(30))
        .abortIncompleteMultipartUpload(each -> each.daysAfterInitiation(1))
        .build();
  }

  /** Rules that this server, or an SDK, has been seen to write in another form than they came. */
  @SuppressWarnings("deprecation") // a prefix outside a filter, as old rules have it
  private static List<LifecycleRule> foreign() {
    Tag first = Tag.builder().key("team").value("soc & others").build();
    Tag second = Tag.builder().key("class").value("<b>").build();
    return List.of(
        LifecycleRule.builder()
            .id("two-tags")
            .status(ExpirationStatus.ENABLED)
            .filter(
                LifecycleRuleFilter.builder()
                    .and(and -> and.prefix("other/").tags(first, second))
                    .build())
            .expiration(each -> each.days(4000))
            .build(),
        LifecycleRule.builder()
            .id("archive")
            .status(ExpirationStatus.ENABLED)
            .filter(
                LifecycleRuleFilter.builder()
                    .and(and -> and.prefix("archive/").tags(first))
                    .build())
            .noncurrentVersionExpiration(each -> each.noncurrentDays(4000))
            .build(),
        LifecycleRule.builder()
            .id("old")
            .status(ExpirationStatus.DISABLED)
            .prefix("old/")
            .expiration(each -> each.date(Instant.parse("2100-01-01T00:00:00Z")))
            .build());
  }

  private boolean isLocked(ArtifactStore lockable) {
    return lockable.find(sample).orElseThrow().isLocked();
  }

  private void hold(String locked, ObjectLockLegalHoldStatus status) {
    client.putObjectLegalHold(
        each -> each.bucket(locked).key(sample.key().value()).legalHold(h -> h.status(status)));
  }

  private void retainUntil(String locked, Instant end) {
    client.putObjectRetention(
        each ->
            each.bucket(locked)
                .key(sample.key().value())
                .retention(r -> r.mode(ObjectLockRetentionMode.GOVERNANCE).retainUntilDate(end)));
  }

  private void remove(String locked) {
    List<ObjectVersion> versions =
        client.listObjectVersions(each -> each.bucket(locked)).versions();
    for (ObjectVersion each : versions) {
      client.putObjectLegalHold(
          request ->
              request
                  .bucket(locked)
                  .key(each.key())
                  .versionId(each.versionId())
                  .legalHold(h -> h.status(ObjectLockLegalHoldStatus.OFF)));
      client.deleteObject(
          request ->
              request
                  .bucket(locked)
                  .key(each.key())
                  .versionId(each.versionId())
                  .bypassGovernanceRetention(true));
    }
    client.deleteBucket(each -> each.bucket(locked));
  }
}
