package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.AsyncObjectStorageClient;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.remote.TransferSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a store on a server does when the way to it is bad, how many requests it makes, and what is
 * in them: the same for every adapter, which extends this and says how it opens a store.
 */
public abstract class RemoteStoreProofs {
  private static final int ATTEMPTS = 3;
  private static final int MANY = 2500;
  private static final Pattern CORRELATION = Pattern.compile(CorrelationId.PRODUCT + "/([^ ]*)");
  private static final byte[] LARGE = bytes(12 << 20, 1);
  private static final byte[] SMALL = bytes(100_000, 2);

  private final RequestId request = RequestId.random();
  private final List<ArtifactStore> opened = new ArrayList<>();
  private S3Harness harness;
  private FaultProxy proxy;
  private ArtifactStore store;

  /** Opens a store of the adapter on a target. */
  protected abstract ArtifactStore open(S3Target target, TransferSettings transfers);

  /** Opens one in another process. */
  protected abstract Class<? extends Function<String, ArtifactStore>> opener();

  /** Three attempts, each with patience for a machine on which other suites run. */
  public static TransferSettings patient() {
    return TransferSettings.defaults()
        .withAttempts(ATTEMPTS, Duration.ofSeconds(10))
        .within(Duration.ofMinutes(5), ByteSize.of(1024));
  }

  /** The same, and nothing goes up in parts. */
  public static TransferSettings inOneRequest() {
    TransferSettings usual = patient();
    return usual.withParts(usual.parts().inOnePiece(), usual.partsAtOnce());
  }

  /** So that what never answers, or hardly, is not waited for long. */
  private static TransferSettings impatient() {
    return patient().withAttempts(ATTEMPTS, Duration.ofSeconds(2));
  }

  @BeforeEach
  final void openStore() {
    harness =
        new S3Harness(
            S3ProxyServer.running(), target -> open(target, patient()), Set.of(), opener());
    proxy = harness.proxy();
    store = closedLater(harness.open());
    proxy.forgetRequests();
  }

  @AfterEach
  final void cleanUp() {
    Thread.interrupted();
    opened.forEach(ArtifactStore::close);
    harness.cleanup();
  }

  @Test
  public final void aDownloadGoesOnWhereTheConnectionBroke() {
    StoredArtifact stored = put("a.log", LARGE);
    proxy.forgetRequests();
    proxy.inject(Fault.cutAfter(5_000_000));
    proxy.inject(Fault.cutAfter(3_000_000));

    assertThat(read("a.log")).isEqualTo(LARGE);
    List<ProxiedRequest> downloads = downloads();
    assertThat(downloads).hasSize(3);
    assertThat(downloads.get(0).header("Range")).isEmpty();
    assertThat(downloads.get(1).header("Range").orElseThrow())
        .matches("bytes=[1-9]\\d*-" + (LARGE.length - 1));
    assertThat(downloads.subList(1, 3))
        .allSatisfy(
            each ->
                assertThat(each.header("If-Match").orElseThrow().replace("\"", ""))
                    .isEqualTo(stored.version().value().replace("\"", "")));
  }

  @Test
  public final void aScrubFindsWhatHasRotted() {
    new ScrubProof(store, harness.backdoor().orElseThrow(), S3ProxyServer.running().client())
        .flippedBitsAreFound();
  }

  @Test
  public final void aDownloadThatBreaksAgainAndAgainFails() {
    put("a.log", SMALL);
    proxy.injectAlways(Fault.cutAfter(100));

    assertThatThrownBy(() -> read("a.log")).isInstanceOf(StorageConnectionException.class);
    assertThat(downloads()).hasSize(ATTEMPTS);
  }

  @Test
  public final void aBrokenDownloadDoesNotGoOnWithAnotherVersion() throws IOException {
    put("a.log", LARGE);
    proxy.inject(Fault.cutAfter(5_000_000));
    try (ArtifactContent content = store.get(sample("a.log"))) {
      assertThat(content.stream().readNBytes(1000)).hasSize(1000);
      put("a.log", bytes(LARGE.length, 9));

      assertThatThrownBy(() -> content.stream().readAllBytes())
          .isInstanceOf(StorageDownloadException.class)
          .hasMessageContaining("has changed meanwhile");
    }
  }

  @Test
  public final void aFlippedBitIsFound() {
    put("a.log", SMALL);
    for (long position : new long[] {0, 50_000, SMALL.length - 1}) {
      proxy.inject(Fault.flippedBitAt(position));
      assertThatThrownBy(() -> read("a.log")).isInstanceOf(StorageIntegrityException.class);
    }
    assertThat(read("a.log")).isEqualTo(SMALL);
  }

  @Test
  public final void aTrickleIsEnded() {
    put("a.log", SMALL);
    ArtifactStore strict =
        another(
            impatient()
                .withAttempts(ATTEMPTS, Duration.ofSeconds(1))
                .within(Duration.ofMinutes(5), ByteSize.of(10_000)));
    proxy.inject(Fault.trickle(Duration.ofMillis(20)));
    long startedAt = System.nanoTime();

    assertThatThrownBy(() -> read(strict, "a.log"))
        .isInstanceOf(StorageConnectionException.class)
        .hasMessageContaining("slower than is allowed");
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  public final void aTransferEndsAtItsDeadline() {
    put("a.log", SMALL);
    ArtifactStore hurried = another(impatient().within(Duration.ofSeconds(1), ByteSize.of(0)));
    proxy.inject(Fault.trickle(Duration.ofMillis(50)));
    assertThatThrownBy(() -> read(hurried, "a.log")).isInstanceOf(StorageConnectionException.class);

    assertUploadsEndAtTheirDeadline(SMALL, ProxiedRequest::isWrite);
    assertUploadsEndAtTheirDeadline(LARGE, ProxiedRequest::isWrite);
    assertUploadsEndAtTheirDeadline(LARGE, each -> isPart(each) || each.method().equals("DELETE"));
    assertThat(store.find(sample("b.log"))).isEmpty();
  }

  private void assertUploadsEndAtTheirDeadline(byte[] content, Predicate<ProxiedRequest> silent) {
    proxy.injectAlways(Fault.silence().on(silent));
    long startedAt = System.nanoTime();
    PutOptions options = PutOptions.defaults().within(Duration.ofMillis(700));
    assertThatThrownBy(() -> store.put(sample("b.log"), ContentSource.of(content), options))
        .isInstanceOf(StorageConnectionException.class);
    // up to ten seconds of asking and taking back; with all patience it would be thirty
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(20));
    proxy.heal();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  public final void aWriteWhoseAnswerWasLostIsRecognised(boolean isLarge) {
    byte[] content = isLarge ? LARGE : SMALL;
    for (WriteCondition condition : List.of(WriteCondition.always(), WriteCondition.ifAbsent())) {
      LogSample sample = sample("lost-" + condition.getClass().getSimpleName() + ".log");
      proxy.inject(Fault.lostAnswer().on(each -> each.isWrite() && !isBeginOrPart(each)));

      StoredArtifact stored =
          store.put(sample, ContentSource.of(content), PutOptions.defaults().on(condition));

      assertThat(store.find(sample).orElseThrow().version()).isEqualTo(stored.version());
      assertThat(read(sample.fileName().value())).isEqualTo(content);
      assertNoLeftovers();
    }
    assertThatThrownBy(
            () ->
                store.put(
                    sample("lost-IfAbsent.log"),
                    ContentSource.of(content),
                    PutOptions.defaults().on(WriteCondition.ifAbsent())))
        .isInstanceOf(StorageConflictException.class);
  }

  @Test
  public final void aReplacementWhoseAnswerWasLostIsRecognised() {
    StoredArtifact old = put("a.log", SMALL);
    proxy.inject(Fault.lostAnswer());
    PutOptions unchanged = PutOptions.defaults().on(WriteCondition.ifUnchanged(old.version()));

    store.put(sample("a.log"), ContentSource.of(LARGE), unchanged);

    assertThat(read("a.log")).isEqualTo(LARGE);
    assertThatThrownBy(() -> store.put(sample("a.log"), ContentSource.of(SMALL), unchanged))
        .isInstanceOf(StorageConflictException.class);
  }

  @Test
  public final void largeContentGoesUpInPartsWithTheirChecksumsSigned() {
    StoredArtifact stored = put("a.log", LARGE);

    List<ProxiedRequest> parts =
        proxy.requests().stream().filter(RemoteStoreProofs::isPart).toList();
    assertThat(parts).hasSize(3);
    assertThat(parts)
        .extracting(each -> each.header("x-amz-content-sha256").orElseThrow())
        .containsExactlyInAnyOrder(
            hex(LARGE, 0, 5 << 20), hex(LARGE, 5 << 20, 10 << 20), hex(LARGE, 10 << 20, 12 << 20));
    assertThat(stored.sha256()).contains(Sha256.of(LARGE));
  }

  @Test
  public final void smallContentGoesUpInOneRequestWithItsChecksumSigned() {
    put("a.log", SMALL);

    List<ProxiedRequest> requests = proxy.requests();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).header("x-amz-content-sha256")).contains(Sha256.of(SMALL).hex());
    assertThat(requests.get(0).header("x-amz-meta-taforge-sha256"))
        .contains(Sha256.of(SMALL).hex());
    assertThat(requests.get(0).header("Content-Length")).contains("" + SMALL.length);
  }

  @Test
  public final void contentOfUnknownLengthGoesUpInPartsToo() {
    store.put(
        sample("a.log"),
        ContentSource.of(new ByteArrayInputStream(LARGE)),
        PutOptions.defaults().withMetadata(Metadata.of("colour", "red")));

    assertThat(proxy.requests().stream().filter(RemoteStoreProofs::isPart)).hasSize(3);
    assertThat(read("a.log")).isEqualTo(LARGE);
    assertThat(store.find(sample("a.log")).orElseThrow().metadata())
        .isEqualTo(Metadata.of("colour", "red"));
  }

  @Test
  public final void anUploadThatFailsLeavesNeitherObjectNorParts() {
    proxy.injectAlways(Fault.slowDown().on(each -> each.query().contains("partNumber=2")));

    assertThatThrownBy(() -> put("a.log", LARGE)).isInstanceOf(StorageConnectionException.class);
    proxy.heal();
    assertThat(store.find(sample("a.log"))).isEmpty();
    assertNoLeftovers();
  }

  @Test
  public final void anUploadThatIsInterruptedLeavesNeitherObjectNorParts() throws Exception {
    proxy.injectAlways(Fault.silence().on(RemoteStoreProofs::isPart));
    CompletableFuture<Throwable> result = new CompletableFuture<>();
    Thread uploader =
        new Thread(() -> result.complete(catchThrowable(() -> put("a.log", LARGE))), "uploader");
    uploader.start();
    while (proxy.requests().stream().noneMatch(RemoteStoreProofs::isPart)) {
      Thread.sleep(10);
    }
    uploader.interrupt();
    proxy.heal();

    assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(StorageInterruptedException.class);
    assertThat(store.find(sample("a.log"))).isEmpty();
    assertNoLeftovers();
  }

  @Test
  public final void whatIsStoredWhenTheInterruptComesIsNotReportedAsNotStored() throws Exception {
    ArtifactStore other = closedLater(harness.open());
    for (int round = 0; round < 3; round++) {
      LogSample sample = sample("round-" + round + ".log");
      proxy.inject(Fault.withheldAnswer());
      CompletableFuture<Throwable> result = new CompletableFuture<>();
      Thread uploader =
          new Thread(
              () -> result.complete(catchThrowable(() -> put(sample.fileName().value(), SMALL))),
              "uploader");
      uploader.start();
      while (other.find(sample).isEmpty()) {
        Thread.sleep(10);
      }
      uploader.interrupt();
      proxy.heal();

      assertThat(result.get(30, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  public final void aListingTakesARequestForAThousandAndNoneForEach() {
    store = another(TransferSettings.defaults()); // no busy machine makes it ask twice
    putMany();
    proxy.forgetRequests();

    assertThat(store.scan(KeyPrefix.samplesOf(request)).count()).isEqualTo(MANY);
    assertThat(proxy.requests()).hasSize(3);

    proxy.forgetRequests();
    assertThat(new ObjectStorageClient(store).storageStats().objects()).isEqualTo(MANY);
    List<ProxiedRequest> listings =
        proxy.requests().stream().filter(each -> !each.query().contains("uploads")).toList();
    assertThat(listings).as("of samples").filteredOn(this::isOfSamples).hasSize(3);
    assertThat(listings).as("of all kinds").hasSize(5);
    assertThat(proxy.requests()).as("with open uploads of all kinds").hasSize(8);

    proxy.forgetRequests();
    assertThat(store.scan(KeyPrefix.samplesOf(request)).findFirst()).isPresent();
    assertThat(proxy.requests()).hasSize(1);

    proxy.forgetRequests();
    List<Artifact> all =
        store.scan(KeyPrefix.samplesOf(request)).map(each -> each.artifact()).toList();
    proxy.forgetRequests();
    DeleteReport report = store.deleteMany(all);
    assertThat(report.removed()).hasSize(MANY);
    assertThat(report.isComplete()).isTrue();
    assertThat(proxy.requests()).hasSize(3);
  }

  @Test
  public final void everyFailureOfADeletionIsReported() {
    put("a.log", SMALL);
    put("b.log", SMALL);
    proxy.injectAlways(Fault.refusal(403, "AccessDenied").on(ProxiedRequest::isWrite));

    DeleteReport report = store.deleteMany(List.of(sample("a.log"), sample("b.log")));

    assertThat(report.removed()).isEmpty();
    assertThat(report.failures())
        .extracting(DeleteReport.Failure::artifact)
        .containsExactlyInAnyOrder(sample("a.log"), sample("b.log"));
    assertThat(report.failures())
        .allSatisfy(
            each -> assertThat(each.reason()).isInstanceOf(StorageAccessDeniedException.class));
  }

  @Test
  public final void anOverloadedServerIsAskedAsOftenAsAllowedAndNoMore() {
    for (Fault storm : List.of(Fault.slowDown(), Fault.refusal(500, "InternalError"))) {
      proxy.injectAlways(storm);
      proxy.forgetRequests();

      StorageException failure =
          assertFails(StorageConnectionException.class, () -> store.find(sample("a.log")));
      assertThat(failure.context().attempts())
          .as("%s: %s, %s requests", failure, failure.getCause(), proxy.requests().size())
          .isEqualTo(ATTEMPTS);
      assertThat(failure.httpStatus()).isEqualTo(503);
      assertThat(failure.isRetryable()).isTrue();
      assertThat(proxy.requests()).hasSize(ATTEMPTS);
      proxy.heal();
    }
  }

  @Test
  public final void aFailureNamesTheServersRequest() {
    StorageException failure =
        assertFails(
            StorageBucketException.class,
            () -> closedLater(harness.openMissingBucket().orElseThrow()).get(sample("a.log")));
    assertThat(failure.context().requestId()).isPresent();
  }

  /** Case Q02: what the audit trail calls it is what the server gets to see. */
  @Test
  public final void everyRequestNamesTheCorrelationIdOfItsCaller() {
    Caller caller = new Caller("john", "trace/1\r\nX-Amz-Acl: public-read \u00e9");
    ObjectStorageClient client = new ObjectStorageClient(store).onBehalfOf(caller);
    client.initializeBuckets();
    client.store().capabilities();
    client.uploadLogSample(request, FileName.of("a.log"), ContentSource.of(SMALL));
    client.uploadLogSample(request, FileName.of("b.log"), ContentSource.of(LARGE));
    proxy.inject(Fault.cutAfter(5_000_000));
    client.readBytes(sample("b.log"), LARGE.length);
    client.download(sample("b.log"), ByteRange.last(10)).close();
    client.find(sample("a.log"));
    assertThat(client.samplesOf(request)).hasSize(2);
    client.storageStats();
    client.cleanupExpiredSamples(RetentionPolicy.samplesFor(Duration.ofDays(1)), Clock.systemUTC());
    client.delete(sample("a.log"));
    client.store().deleteMany(List.of(sample("b.log")));
    client.store().recreateBucket(sample("a.log").kind(), "");

    assertThat(proxy.requests())
        .hasSizeGreaterThan(30)
        .anyMatch(each -> each.query().startsWith("uploads"))
        .anyMatch(each -> each.query().startsWith("uploadId"))
        .anyMatch(RemoteStoreProofs::isPart)
        .anyMatch(each -> each.isDownload() && each.header("If-Match").isPresent())
        .anyMatch(each -> each.query().contains("list-type=2"))
        .anyMatch(each -> each.query().startsWith("delete"))
        .allSatisfy(
            each ->
                assertThat(correlation(each))
                    .contains("trace%2F1%0D%0AX-Amz-Acl%3A%20public-read%20%C3%A9"));
    assertThat(proxy.requests().stream().filter(ProxiedRequest::isDownload)).hasSize(3);
    assertThat(proxy.requests())
        .as("no signature covers it, so that a proxy may change it")
        .allMatch(each -> !each.header("Authorization").orElseThrow().contains("user-agent"));
    proxy.forgetRequests();
    client.verifyBuckets(); // which also asks as strangers do, with nothing of ours
    assertThat(proxy.requests())
        .filteredOn(each -> each.header("Authorization").isPresent())
        .hasSizeGreaterThan(10)
        .allMatch(each -> correlation(each).isPresent());
    proxy.forgetRequests();
    store.find(sample("a.log"));
    assertThat(proxy.requests()).isNotEmpty().allMatch(each -> correlation(each).isEmpty());
  }

  @Test
  public final void callersAtOnceDoNotGetIntoEachOthersRequests() {
    ArtifactStore patient =
        another(TransferSettings.defaults().withAttempts(ATTEMPTS, Duration.ofSeconds(30)));
    byte[] twoParts = bytes(6 << 20, 3);
    try (AsyncObjectStorageClient async =
        new AsyncObjectStorageClient(new ObjectStorageClient(patient))) {
      List<CompletableFuture<StoredArtifact>> uploads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        LogSample sample = sample(i + ".log");
        AsyncObjectStorageClient one = async.onBehalfOf(new Caller("john", "of-" + i + ".log"));
        uploads.add(one.upload(sample, ContentSource.of(twoParts), PutOptions.defaults()));
      }
      uploads.forEach(CompletableFuture::join);
    }

    assertThat(proxy.requests())
        .hasSizeGreaterThanOrEqualTo(8 * 4)
        .allSatisfy(
            each ->
                assertThat(correlation(each))
                    .contains("of-" + each.key().substring(each.key().lastIndexOf('/') + 1)));
  }

  @Test
  public final void toCloseAStoreOrAsACallerSeesItIsTheSame() {
    ArtifactStore one = closedLater(harness.open());
    ArtifactStore seen = one.correlated(CorrelationId.of("x"));
    assertThat(seen.find(sample("a.log"))).isEmpty();

    seen.close();

    assertThatThrownBy(() -> one.find(sample("a.log"))).isInstanceOf(StorageClosedException.class);
    assertThatThrownBy(() -> seen.find(sample("a.log"))).isInstanceOf(StorageClosedException.class);
  }

  @Test
  public final void aSignInPageIsNoServer() {
    put("a.log", SMALL);
    List<Runnable> calls =
        List.of(
            () -> read("a.log"),
            () -> store.find(sample("a.log")),
            () -> store.scan(KeyPrefix.samplesOf(request)).forEach(each -> {}),
            () -> store.delete(sample("a.log")),
            () -> store.createBuckets(),
            () -> assertDeleted(store.deleteMany(List.of(sample("a.log")))),
            () -> put("b.log", SMALL),
            () -> put("c.log", LARGE));
    for (Runnable call : calls) {
      proxy.injectAlways(Fault.loginPage());
      StorageException failure = assertFails(StorageConnectionException.class, call);
      assertThat(failure).hasMessageContaining("not an S3 server");
      proxy.heal();
    }
  }

  @Test
  public final void aNameThatNobodyKnowsIsSaid() {
    StorageException failure = failureAt(URI.create("http://taforge.invalid:9000"));

    assertThat(failure)
        .isInstanceOf(StorageConnectionException.class)
        .hasMessageContaining("cannot be resolved");
  }

  @Test
  public final void aServerWithoutTlsIsNotTalkedToOverTls() {
    URI plain = S3ProxyServer.running().endpoint();
    StorageException failure =
        failureAt(URI.create("https://" + plain.getHost() + ":" + plain.getPort()));

    assertThat(failure)
        .isInstanceOf(StorageConnectionException.class)
        .hasMessageContaining("no secure connection");
  }

  @Test
  public final void fiveHundredMegabytesFitThroughAHeapOf64() throws Exception {
    long size = 500L << 20;

    List<String> passed = BigTransfers.alone(opener(), direct());

    System.out.printf(
        "Reliability R1: %s: 500 MB up and down with -Xmx64m: %s%n",
        getClass().getSimpleName(), String.join(", ", passed));
    assertThat(passed)
        .containsExactly("known " + size + " " + size, "unknown " + size + " " + size);
  }

  @Test
  public final void sixteenTransfersAtOnceFitIntoAHeapOf256Megabytes() throws Exception {
    assertThat(BigTransfers.sixteenAtOnce(opener(), direct()))
        .hasSize(32)
        .allMatch(line -> line.endsWith(" 33554432 33554432"));
  }

  @Test
  public final void theCapabilitiesAreFoundOutAndNothingIsLeftBehind() {
    Set<Capability> expected =
        Set.of(Capability.CONDITIONAL_DELETE, Capability.LEASES, Capability.SIGNED_LINKS);

    assertThat(store.capabilities()).isEqualTo(expected);
    assertThat(proxy.requests()).isNotEmpty();
    proxy.forgetRequests();
    assertThat(store.capabilities()).isEqualTo(expected);
    assertThat(proxy.requests()).isEmpty();
    assertThat(store.recreateBucket(sample("a.log").kind(), "")).hasSize(1); // it is empty
  }

  @Test
  public final void aServerWithoutLifecycleRulesSaysSoAndIsNotChanged() {
    assertThat(store.nativeRetention()).isEmpty();
    assertThat(store.nativeRetention()).isEmpty();

    assertThat(proxy.requests())
        .singleElement()
        .satisfies(each -> assertThat(each.method()).isEqualTo("GET"));
  }

  private S3Target direct() {
    S3Target target = harness.target();
    return new S3Target(
        S3ProxyServer.running().endpoint(),
        target.region(),
        target.accessKey(),
        target.secretKey(),
        target.buckets());
  }

  private StorageException failureAt(URI endpoint) {
    S3Target target = harness.target();
    S3Target other =
        new S3Target(
            endpoint, target.region(), target.accessKey(), target.secretKey(), target.buckets());
    ArtifactStore lost = closedLater(open(other, impatient()));
    return assertFails(StorageConnectionException.class, () -> lost.find(sample("a.log")));
  }

  private static void assertDeleted(DeleteReport report) {
    if (!report.isComplete()) {
      throw report.failures().get(0).reason();
    }
  }

  private static StorageException assertFails(
      Class<? extends StorageException> type, Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(type);
    return (StorageException) thrown;
  }

  private void assertNoLeftovers() {
    assertThat(harness.backdoor().orElseThrow().leftovers()).isEmpty();
  }

  private static boolean isBeginOrPart(ProxiedRequest each) {
    return each.query().startsWith("uploads") || isPart(each);
  }

  private static Optional<String> correlation(ProxiedRequest each) {
    return CORRELATION
        .matcher(each.header("User-Agent").orElseThrow())
        .results()
        .map(found -> found.group(1))
        .reduce((one, other) -> one + " and " + other);
  }

  private List<ProxiedRequest> downloads() {
    return proxy.requests().stream().filter(ProxiedRequest::isDownload).toList();
  }

  private ArtifactStore another(TransferSettings transfers) {
    return closedLater(open(harness.target(), transfers));
  }

  private ArtifactStore closedLater(ArtifactStore one) {
    opened.add(one);
    return one;
  }

  private LogSample sample(String name) {
    return new LogSample(request, FileName.of(name));
  }

  private StoredArtifact put(String name, byte[] content) {
    return store.put(sample(name), ContentSource.of(content), PutOptions.defaults());
  }

  private void putMany() {
    List<CompletableFuture<Void>> puts = new ArrayList<>();
    for (int start = 0; start < 10; start++) {
      int first = start;
      puts.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = first; i < MANY; i += 10) {
                  put("%05d.log".formatted(i), String.valueOf(i).getBytes(UTF_8));
                }
              }));
    }
    try {
      CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("Cannot put " + MANY + " samples", e);
    }
  }

  @Test
  public final void aRefusalThatCannotBeReadDoesNotMeanThatTheBucketIsMissing() {
    proxy.inject(Fault.flippedBitAt(1), ATTEMPTS); // of the XML that says what is missing

    assertThatThrownBy(() -> read("missing.log")).isInstanceOf(StorageConnectionException.class);
  }

  private boolean isOfSamples(ProxiedRequest one) {
    return one.bucket().equals(harness.target().buckets().samples());
  }

  private byte[] read(String name) {
    return read(store, name);
  }

  private byte[] read(ArtifactStore from, String name) {
    try (ArtifactContent content = from.get(sample(name))) {
      return content.stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hex(byte[] content, int from, int to) {
    return Sha256.of(Arrays.copyOfRange(content, from, to)).hex();
  }

  private static byte[] bytes(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static boolean isPart(ProxiedRequest request) {
    return request.query().contains("partNumber=");
  }
}
