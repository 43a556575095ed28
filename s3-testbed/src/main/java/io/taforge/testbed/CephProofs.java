package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * What only a server with several users, tags and TLS can prove of an adapter, which extends this.
 */
public abstract class CephProofs {
  private final CephServer ceph = CephServer.running();
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final List<ArtifactStore> opened = new ArrayList<>();

  /** Opens a store of the adapter; with a file of certificates where TLS is spoken. */
  protected abstract ArtifactStore open(S3Target target, Optional<Path> certificates);

  @AfterEach
  final void cleanUp() {
    opened.forEach(ArtifactStore::close);
    BucketCleaner cleaner = new BucketCleaner(ceph);
    for (ArtifactKind kind : ArtifactKind.values()) {
      cleaner.remove(buckets.of(kind));
    }
  }

  @Test
  public final void aScrubFindsWhatHasRotted() {
    ArtifactStore store = open(ceph.owner());
    store.createBuckets();
    try (FaultProxy proxy = FaultProxy.to(ceph.endpoint())) {
      new ScrubProof(store, new S3Backdoor(ceph, buckets, proxy), ceph.client())
          .flippedBitsAreFound();
    }
  }

  @Test
  public final void aBucketOfSomebodyElseIsRefused() {
    ArtifactStore ours = open(ceph.owner());
    ArtifactStore others = open(ceph.stranger().orElseThrow());
    ours.createBuckets();

    assertThatThrownBy(others::createBuckets)
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("belongs to somebody else");
    assertThat(others.verifyBuckets())
        .filteredOn(check -> check.status() == BucketCheck.Status.FAILED)
        .extracting(BucketCheck::aspect)
        .containsExactly("ours", "ours", "ours");
    assertThat(ours.createBuckets())
        .extracting(BucketCheck::status)
        .containsOnly(BucketCheck.Status.OK);
  }

  @Test
  public final void aBucketOfSomebodyElseIsRefusedEvenIfAnybodyMayReadIt() {
    ArtifactStore ours = open(ceph.owner());
    ArtifactStore others = open(ceph.stranger().orElseThrow());
    ours.createBuckets();
    ceph.client()
        .putBucketAcl(
            request -> request.bucket(buckets.samples()).acl(BucketCannedACL.PUBLIC_READ));
    letAnybody("s3:ListBucket", buckets.bundles(), "", "");

    assertThatThrownBy(others::createBuckets)
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("belongs to somebody else");
    assertThatThrownBy(() -> others.recreateBucket(ArtifactKind.TA_BUNDLE, buckets.bundles()))
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("belongs to somebody else");
    assertThat(others.verifyBuckets())
        .filteredOn(check -> check.aspect().equals("ours"))
        .extracting(BucketCheck::status)
        .containsOnly(BucketCheck.Status.FAILED);
    assertThat(ours.createBuckets())
        .extracting(BucketCheck::status)
        .containsOnly(BucketCheck.Status.OK);
  }

  @Test
  public final void verifyLeavesNothingWhereVersionsAreKept() {
    ArtifactStore store = open(ceph.owner());
    store.createBuckets();
    for (BucketVersioningStatus each :
        List.of(BucketVersioningStatus.ENABLED, BucketVersioningStatus.SUSPENDED)) {
      ceph.client()
          .putBucketVersioning(
              request ->
                  request
                      .bucket(buckets.samples())
                      .versioningConfiguration(versions -> versions.status(each)));

      // Ceph 16 stores one more version, whatever the condition, and verify finds that out
      assertThat(failing(store)).isSubsetOf("LOG_SAMPLE conditional-create");
      assertThat(versions()).as("versions and delete markers after %s", each).isZero();
    }
    assertThat(store.lossOf(ArtifactKind.LOG_SAMPLE).obstacle()).isPresent();
    assertThatThrownBy(() -> store.recreateBucket(ArtifactKind.LOG_SAMPLE, buckets.samples()))
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("old versions");
  }

  @Test
  public final void nothingIsWrittenWhereItMayBeLocked() {
    ArtifactStore store = open(ceph.owner());
    ceph.client()
        .createBucket(
            request -> request.bucket(buckets.samples()).objectLockEnabledForBucket(true));
    store.createBuckets();

    assertThat(store.verifyBuckets())
        .filteredOn(check -> check.kind() == ArtifactKind.LOG_SAMPLE)
        .filteredOn(check -> List.of("writable", "deletable").contains(check.aspect()))
        .allMatch(check -> check.status() == BucketCheck.Status.UNKNOWN)
        .allMatch(check -> check.detail().contains("object lock"))
        .hasSize(2);
    assertThat(versions()).isZero();
    assertThatThrownBy(() -> store.recreateBucket(ArtifactKind.LOG_SAMPLE, ""))
        .isInstanceOf(StorageBucketException.class);
  }

  private int versions() {
    ListObjectVersionsResponse found =
        ceph.client().listObjectVersions(request -> request.bucket(buckets.samples()));
    return found.versions().size() + found.deleteMarkers().size();
  }

  @Test
  public final void whatVerifyMakesOfAPublicBucketIsToldAspectByAspect() {
    ArtifactStore store = open(ceph.owner());
    store.createBuckets();
    assertThat(failing(store)).isEmpty();

    ceph.client()
        .putBucketAcl(
            request -> request.bucket(buckets.samples()).acl(BucketCannedACL.PUBLIC_READ));
    letAnybodyRead(buckets.bundles(), "");
    letAnybodyRead(
        buckets.debug(), ", \"Condition\": {\"StringLike\": {\"s3:prefix\": [\"debug/*\"]}}");

    assertThat(failing(store))
        .contains(
            "LOG_SAMPLE acl",
            "LOG_SAMPLE anonymous-list",
            "TA_BUNDLE policy",
            "TA_BUNDLE policy-status",
            "TA_BUNDLE anonymous-read",
            "DEBUG_BUNDLE policy")
        .doesNotContain("LOG_SAMPLE policy", "TA_BUNDLE acl", "TA_BUNDLE anonymous-list");
    assertThat(objects()).isZero();
  }

  private void letAnybodyRead(String bucket, String condition) {
    letAnybody("s3:GetObject", bucket, "/*", condition);
  }

  private void letAnybody(String action, String bucket, String below, String condition) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
          "Action": "%s", "Resource": "arn:aws:s3:::%s%s"%s}]}
        """
            .formatted(action, bucket, below, condition);
    ceph.client().putBucketPolicy(request -> request.bucket(bucket).policy(policy));
  }

  private static List<String> failing(ArtifactStore store) {
    return store.verifyBuckets().stream()
        .filter(each -> each.status() == BucketCheck.Status.FAILED)
        .map(each -> each.kind().name() + " " + each.aspect())
        .toList();
  }

  private long objects() {
    return Stream.of(ArtifactKind.values())
        .mapToLong(
            kind ->
                ceph.client()
                    .listObjectsV2(request -> request.bucket(buckets.of(kind)))
                    .contents()
                    .size())
        .sum();
  }

  @Test
  public final void largeContentHasItsTagsAndItsConditionToo() {
    ArtifactStore store = open(ceph.owner());
    store.createBuckets();
    byte[] content = new byte[12 << 20];
    new Random(7).nextBytes(content);
    Tags tags = Tags.of(Map.of("team", "soc"));
    PutOptions tagged = PutOptions.defaults().withTags(tags).on(WriteCondition.ifAbsent());

    assertThat(store.capabilities())
        .containsExactlyInAnyOrder(
            Capability.LEASES,
            Capability.NATIVE_RETENTION,
            Capability.SIGNED_LINKS,
            Capability.TAGS);
    store.put(sample, ContentSource.of(content), tagged);
    assertThat(store.tags(sample)).isEqualTo(tags);
    assertThatThrownBy(() -> store.put(sample, ContentSource.of(content), tagged))
        .isInstanceOf(StorageConflictException.class);
    assertThat(store.put(sample, ContentSource.of(content), PutOptions.defaults()).version())
        .isEqualTo(store.find(sample).orElseThrow().version());
  }

  @Test
  public final void whatComesSlowlyComesByRangesAtOnce(@TempDir Path folder) throws IOException {
    byte[] content = new byte[45_000_000];
    new Random(8).nextBytes(content);
    try (FaultProxy slow = FaultProxy.to(ceph.endpoint())) {
      slow.injectAlways(Fault.paced(25_000_000));
      ArtifactStore store = open(slow.endpoint(), ceph.owner());
      store.createBuckets();
      store.put(sample, ContentSource.of(content), PutOptions.defaults());

      Path file = folder.resolve("a.log");
      try (ArtifactContent read = store.get(sample)) {
        read.saveTo(file);
      }
      assertThat(file).hasBinaryContent(content);
      assertThat(slow.requests())
          .filteredOn(each -> each.isDownload() && each.header("Range").isPresent())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  public final void anAuthorityOfOnesOwnIsTrustedIfAndOnlyIfItIsNamed() throws IOException {
    S3Target secure =
        new S3Target(
            ceph.httpsEndpoint(), ceph.region(), ceph.owner().id(), ceph.owner().secret(), buckets);
    ArtifactStore trusting = closedLater(open(secure, Optional.of(ceph.certificate())));
    trusting.createBuckets();
    byte[] content = new byte[6 << 20];
    trusting.put(sample, ContentSource.of(content), PutOptions.defaults());
    try (ArtifactContent read = trusting.get(sample)) {
      assertThat(read.stream().readAllBytes()).isEqualTo(content);
    }

    ArtifactStore suspicious = closedLater(open(secure, Optional.empty()));
    assertThatThrownBy(() -> suspicious.find(sample))
        .isInstanceOf(StorageConnectionException.class)
        .hasMessageContaining("no secure connection");
  }

  /** Case Q02 on a server that keeps a log: each of its lines about us has the id. */
  @Test
  public final void theServersOwnLogHasTheCorrelationId() throws Exception {
    ArtifactStore store = open(ceph.owner());
    Caller caller = new Caller("john", "trace \"" + id + "\"");
    ObjectStorageClient client = new ObjectStorageClient(store).onBehalfOf(caller);
    client.initializeBuckets();
    client.upload(sample, ContentSource.of(new byte[12 << 20]), PutOptions.defaults());
    client.readBytes(sample, 12 << 20);
    assertThat(client.samplesOf(sample.request())).hasSize(1);
    client.delete(sample);

    List<String> lines = logged(" \"DELETE /" + buckets.samples());
    for (String each : List.of("PUT /", "POST /", "GET /", "HEAD /", "DELETE /")) {
      assertThat(lines).anyMatch(line -> line.contains('"' + each + buckets.samples()));
    }
    assertThat(lines)
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.contains(" taforge-correlation-id/trace%20%22" + id + "%22\""));
  }

  /** What is logged about our buckets once this is; the log is written a moment later. */
  private List<String> logged(String last) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      List<String> lines =
          Files.readAllLines(ceph.log(), ISO_8859_1).stream() // names of any bytes are in it
              .filter(line -> line.contains(" beast: ") && line.contains(id))
              .toList();
      if (lines.stream().anyMatch(line -> line.contains(last))) {
        return lines;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No line of " + ceph.log() + " has " + last);
  }

  private ArtifactStore open(AccessKey user) {
    return open(ceph.endpoint(), user);
  }

  private ArtifactStore open(URI endpoint, AccessKey user) {
    S3Target target = new S3Target(endpoint, ceph.region(), user.id(), user.secret(), buckets);
    return closedLater(open(target, Optional.empty()));
  }

  private ArtifactStore closedLater(ArtifactStore one) {
    opened.add(one);
    return one;
  }
}
