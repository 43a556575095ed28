package io.taforge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.StorageStats;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What an adapter, which extends this, makes of buckets on a server that knows little of them, and
 * tells of Amazon.
 */
public abstract class BucketProofs {
  private static final Predicate<ProxiedRequest> ABOUT_A_CANARY =
      request -> request.key().startsWith(".taforge/probe/");

  private final S3ProxyServer server = S3ProxyServer.running();
  private final FaultProxy proxy = FaultProxy.to(server.endpoint());
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final S3Target target =
      new S3Target(
          proxy.endpoint(), server.region(), server.owner().id(), server.owner().secret(), buckets);

  /** Opens a store of the adapter. */
  protected abstract ArtifactStore open(S3Target there);

  /** Opens a store that takes what is there for Amazon S3 itself. */
  protected abstract ArtifactStore openAsAmazon(S3Target there);

  @AfterEach
  final void cleanUp() {
    proxy.close();
    BucketCleaner cleaner = new BucketCleaner(server);
    for (ArtifactKind kind : ArtifactKind.values()) {
      cleaner.remove(buckets.of(kind));
    }
  }

  @Test
  public final void whatTheServerCannotTellIsUnknownAndNothingHasFailed() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();

      List<BucketCheck> checks = store.verifyBuckets();
      assertThat(aspects(checks, Status.FAILED)).isEmpty();
      assertThat(aspects(checks, Status.UNKNOWN))
          .containsExactlyInAnyOrder(
              "policy", "policy-status", "public-access-block", "unsigned-headers");
      assertThat(aspects(checks, Status.OK))
          .contains("reachable", "credentials", "exists", "ours", "clock", "acl")
          .contains("writable", "readable", "listable", "deletable")
          .contains("conditional-create", "conditional-delete", "checksums")
          .contains("anonymous-read", "anonymous-list");
      assertNothingIsLeft();
    }
  }

  /** So Ceph answers all but one who create a bucket at once. */
  @Test
  public final void aBucketThatOthersOfUsAreJustCreatingIsNotSomebodyElses() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      proxy.inject(Fault.refusal(404, "").on(request -> request.method().equals("HEAD")));
      proxy.inject(
          Fault.refusal(409, "BucketAlreadyExists").on(request -> request.method().equals("PUT")));

      List<BucketCheck> checks = store.createBuckets();

      assertThat(aspects(checks, Status.CREATED)).isEmpty();
      assertThat(aspects(checks, Status.OK)).containsOnly("exists");
      assertThat(proxy.requests()).anyMatch(request -> request.method().equals("PUT"));
    }
  }

  @Test
  public final void theCanaryIsGoneWhateverGoesWrongWithIt() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      proxy.injectAlways(
          Fault.refusal(403, "AccessDenied")
              .on(ABOUT_A_CANARY.and(request -> request.method().equals("GET"))));

      assertThat(aspects(store.verifyBuckets(), Status.FAILED)).containsOnly("readable");
      assertNothingIsLeft();
    }
  }

  @Test
  public final void theCanaryIsGoneWhenTheThreadIsInterrupted() throws InterruptedException {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      proxy.inject(Fault.silence().on(BucketProofs::isReadByAStranger));
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(() -> end.set(catchThrowable(store::verifyBuckets)), "interrupted");
      thread.start();
      while (proxy.requests().stream().noneMatch(BucketProofs::isReadByAStranger)) {
        Thread.sleep(10);
      }
      thread.interrupt();
      thread.join();

      assertThat(end.get()).isInstanceOf(StorageInterruptedException.class);
      assertNothingIsLeft();
    }
  }

  @Test
  public final void whatDependsOnTheCanaryIsUnknownWithoutIt() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      proxy.injectAlways(
          Fault.refusal(403, "AccessDenied")
              .on(ABOUT_A_CANARY.and(request -> request.method().equals("PUT"))));

      List<BucketCheck> checks = store.verifyBuckets();
      assertThat(aspects(checks, Status.FAILED)).containsOnly("writable");
      assertThat(aspects(checks, Status.UNKNOWN))
          .contains("readable", "anonymous-read", "conditional-create", "checksums", "deletable");
    }
  }

  @Test
  public final void whatIsLetThroughWithoutASignatureFails() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      proxy.injectAlways(
          Fault.success()
              .on(
                  request ->
                      request.header("Authorization").isEmpty()
                          && request.query().contains("list-type")));

      assertThat(aspects(store.verifyBuckets(), Status.FAILED)).containsOnly("anonymous-list");
    }
  }

  @Test
  public final void aServerThatDoesNotAnswerFailsAsThat() {
    try (ClosedPort closed = new ClosedPort();
        ArtifactStore store =
            open(
                new S3Target(
                    closed.endpoint(),
                    target.region(),
                    target.accessKey(),
                    target.secretKey(),
                    buckets))) {
      assertThat(store.verifyBuckets())
          .hasSize(3)
          .allMatch(each -> each.aspect().equals("reachable") && each.status() == Status.FAILED);
    }
  }

  @Test
  public final void aNewBucketOnAmazonIsHardenedAndNoOther() {
    try (ArtifactStore amazon = openAsAmazon(target);
        ArtifactStore other = open(target)) {
      proxy.injectAlways(Fault.success().on(BucketProofs::isHardening));
      assertThat(amazon.createBuckets())
          .hasSize(6)
          .allMatch(each -> each.status() == Status.CREATED);
      assertThat(hardened(buckets.samples()))
          .containsExactly("publicAccessBlock", "ownershipControls", "encryption");

      proxy.forgetRequests();
      assertThat(amazon.createBuckets()).hasSize(3).allMatch(each -> each.status() == Status.OK);
      assertThat(other.recreateBucket(ArtifactKind.LOG_SAMPLE, "")).hasSize(1);
      assertThat(hardened(buckets.samples())).isEmpty();

      assertThat(amazon.recreateBucket(ArtifactKind.LOG_SAMPLE, ""))
          .extracting(BucketCheck::aspect)
          .containsExactly("exists", "hardened");
      proxy.heal();
      assertThat(amazon.recreateBucket(ArtifactKind.LOG_SAMPLE, ""))
          .extracting(BucketCheck::status)
          .containsExactly(Status.CREATED, Status.FAILED);
    }
  }

  @Test
  public final void thousandsAreCountedWithARequestForEachThousand() {
    try (ArtifactStore store = open(target)) {
      store.createBuckets();
      RequestId request = RequestId.random();
      IntStream.range(0, 2500)
          .parallel()
          .forEach(
              i ->
                  store.put(
                      new LogSample(request, FileName.of(i + ".log")),
                      ContentSource.of(new byte[] {1}),
                      PutOptions.defaults()));
      proxy.forgetRequests();

      StorageStats stats = new ObjectStorageClient(store).storageStats();
      assertThat(stats.of(ArtifactKind.LOG_SAMPLE).amount())
          .isEqualTo(new StorageStats.Amount(2500, ByteSize.of(2500)));
      assertThat(proxy.requests())
          .filteredOn(each -> each.query().contains("list-type"))
          .extracting(ProxiedRequest::bucket)
          .as("three, and one for each of the empty buckets")
          .containsExactlyInAnyOrder(
              buckets.samples(),
              buckets.samples(),
              buckets.samples(),
              buckets.bundles(),
              buckets.debug());
    }
  }

  private List<String> hardened(String bucket) {
    return proxy.requests().stream()
        .filter(each -> isHardening(each) && each.bucket().equals(bucket))
        .map(each -> each.query().replaceAll("=.*", ""))
        .toList();
  }

  private static boolean isReadByAStranger(ProxiedRequest request) {
    return ABOUT_A_CANARY.test(request)
        && request.method().equals("GET")
        && request.query().isEmpty()
        && request.header("Authorization").isEmpty();
  }

  private static boolean isHardening(ProxiedRequest request) {
    return request.method().equals("PUT")
        && request.query().matches("(publicAccessBlock|ownershipControls|encryption)=?");
  }

  private static Set<String> aspects(List<BucketCheck> checks, Status status) {
    return checks.stream()
        .filter(each -> each.status() == status)
        .map(BucketCheck::aspect)
        .collect(Collectors.toSet());
  }

  private void assertNothingIsLeft() {
    assertThat(
            Stream.of(ArtifactKind.values())
                .flatMap(
                    kind ->
                        server
                            .client()
                            .listObjectsV2(request -> request.bucket(buckets.of(kind)))
                            .contents()
                            .stream()))
        .isEmpty();
  }
}
