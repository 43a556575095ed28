package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.CleanupPlan;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Outcome;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.CleanupTrial;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Retention;
import io.taforge.storage.client.StorageStats.Amount;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Area L: what has been kept long enough goes, when and as planned, and nothing else. */
abstract class RetentionCases extends ContractCases {
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final RetentionPolicy POLICY = RetentionPolicy.samplesFor(PERIOD);
  private static final byte[] CONTENT = bytes(1000, 20);

  /** The clocks of the cases are not the backend's, and they remove all there is. */
  private static final CleanupGuards UNGUARDED =
      CleanupGuards.DEFAULT.withLargestShare(1).withMostSkew(Duration.ofDays(10_000));

  private static final Cleanup CLEANUP = Cleanup.of(POLICY).guardedBy(UNGUARDED);

  @Case("L01")
  void aSampleIsKeptForItsPeriodAndNotLonger() {
    StoredArtifact stored = put(sample("a.log"), CONTENT);
    Instant limit = stored.storedAt().plus(PERIOD);

    assertThat(retentionAt(limit).cleanUp(CLEANUP).deleted()).isEqualTo(Amount.NONE);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("a.log"));
    assertThat(retentionAt(limit.plusSeconds(1)).cleanUp(CLEANUP).deleted())
        .isEqualTo(new Amount(1, ByteSize.of(CONTENT.length)));
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEmpty();
  }

  @Case("L02")
  void nothingButTheGivenClockTellsTheTime() {
    StoredArtifact stored = put(sample("a.log"), CONTENT);
    Instant late = stored.storedAt().plus(PERIOD).plusSeconds(1);
    Instant before = stored.storedAt().minus(PERIOD.multipliedBy(2));

    assertThat(stored.storedAt())
        .isCloseTo(harness().clock().instant(), within(1, ChronoUnit.MINUTES));
    assertThat(retentionAt(before).cleanUp(CLEANUP).expired()).isEqualTo(Amount.NONE);
    for (String zone : List.of("Z", "Pacific/Kiritimati", "Pacific/Niue")) {
      Clock clock = Clock.fixed(late, ZoneId.of(zone));
      try (CleanupTrial trial = client(store).retention(clock).plan(CLEANUP)) {
        assertThat(trial.report().now()).isEqualTo(late);
        assertThat(planned(trial)).containsExactly(sample("a.log"));
      }
    }
  }

  @Case("L03")
  void aTrialChangesNothingAndFindsWhatTheCleanupRemoves() {
    putOneOfEachKind();
    putAll(samples(3));
    Interposed watched = Interposed.watching(store);
    List<LogSample> planned;
    CleanupReport trialled;
    try (CleanupTrial trial = retention(watched.store(), future()).plan(CLEANUP.withLeftovers())) {
      planned = planned(trial);
      trialled = trial.report();
    }
    assertThat(watched.changes()).isEmpty();
    assertThat(trialled.isDryRun()).isTrue();
    assertThat(trialled.deleted()).isEqualTo(Amount.NONE);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).hasSize(4).containsAll(planned);

    CleanupReport real = retention(watched.store(), future()).cleanUp(CLEANUP);
    assertThat(real.isDryRun()).isFalse();
    assertThat(real.deleted()).isEqualTo(trialled.planned());
    assertThat(real.deleted().objects()).isEqualTo(planned.size());
    assertThat(watched.changes()).isNotEmpty();
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEmpty();
    assertThat(listed(ArtifactKind.TA_BUNDLE)).hasSize(1);
    assertThat(listed(ArtifactKind.DEBUG_BUNDLE)).hasSize(1);
  }

  @Case("L04")
  void exactlyWhatWasPlannedGoes() {
    List<LogSample> samples = samples(6);
    putAll(samples.subList(0, 3));
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      putAll(samples.subList(3, 6));
      CleanupReport report = apply(store, trial);

      assertThat(report.outcome()).isEqualTo(Outcome.DONE);
      assertThat(report.deleted().objects()).isEqualTo(3);
    }
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEqualTo(samples.subList(3, 6));
  }

  @Case("L05")
  void whatWasWrittenAgainSinceStays() throws InterruptedException {
    putAll(samples(2));
    StoredArtifact before = put(sample("same.log"), CONTENT);
    put(sample("other.log"), CONTENT);
    byte[] fresh = bytes(1000, 21);
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      awaitLaterThan(before);
      put(sample("same.log"), CONTENT);
      put(sample("other.log"), fresh);
      CleanupReport report = apply(store, trial);

      assertThat(report.outcome()).isEqualTo(Outcome.DONE);
      assertThat(report.deleted().objects()).isEqualTo(2);
      assertThat(report.skipped(Skip.CHANGED).objects()).isEqualTo(2);
    }
    assertThat(read(sample("same.log"))).isEqualTo(CONTENT);
    assertThat(read(sample("other.log"))).isEqualTo(fresh);
  }

  @Case("L06")
  void whatIsGoneAlreadyIsNoFailure() {
    List<LogSample> samples = samples(3);
    putAll(samples);
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      store.delete(samples.get(1));
      CleanupReport report = apply(store, trial);

      assertThat(report.outcome()).isEqualTo(Outcome.DONE);
      assertThat(report.deleted().objects()).isEqualTo(2);
      assertThat(report.skipped(Skip.GONE).objects()).isEqualTo(1);
    }
  }

  @Case("L07")
  void nothingGoesWhereNotEverythingCouldBeListed() {
    List<LogSample> samples = samples(5);
    putAll(samples);
    Interposed cut =
        Interposed.before(
            store,
            (method, first, call) ->
                method.equals("scan") ? failingAfter(3, (Stream<?>) call.go()) : call.go());

    CleanupReport report = retention(cut.store(), future()).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.stopped().orElseThrow().guard()).isEqualTo(Guard.INCOMPLETE_LISTING);
    assertThat(report.deleted()).isEqualTo(Amount.NONE);
    assertThatThrownBy(() -> client(cut.store()).cleanupExpiredSamples(POLICY, Clock.systemUTC()))
        .isInstanceOf(StorageRetentionException.class);
    assertThat(cut.changes()).isEmpty();
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEqualTo(samples);
  }

  @Case("L08")
  void moreThanAGuardAllowsIsNotRemovedAtAll() {
    putAll(samples(4));
    put(sample("held.log"), CONTENT, Metadata.of(Metadata.HOLD, "true"));
    CleanupGuards most = UNGUARDED.withMostDeletions(3);
    CleanupGuards share = UNGUARDED.withLargestShare(0.79);

    assertThat(stopping(Cleanup.of(POLICY).guardedBy(most))).isEqualTo(Guard.MOST_DELETIONS);
    assertThat(stopping(Cleanup.of(POLICY).guardedBy(share))).isEqualTo(Guard.LARGEST_SHARE);
    if (store.backendTime().isPresent()) {
      CleanupGuards skew = UNGUARDED.withMostSkew(Duration.ofMinutes(5));
      assertThat(stopping(Cleanup.of(POLICY).guardedBy(skew))).isEqualTo(Guard.CLOCK_SKEW);
    }
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).hasSize(5);

    CleanupGuards enough = most.withMostDeletions(4).withLargestShare(0.8);
    CleanupReport report = retention(store, future()).cleanUp(Cleanup.of(POLICY).guardedBy(enough));
    assertThat(report.deleted().objects()).isEqualTo(4);
  }

  @Case("L09")
  void whatCannotBeRemovedIsReportedAndDoesNotStopTheRest() {
    List<LogSample> samples = samples(5);
    putAll(samples);
    Interposed refusing = refusing(samples.get(2));

    CleanupReport report = retention(refusing.store(), future()).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(report.deleted().objects()).isEqualTo(4);
    assertThat(report.failed().objects()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.name()).isEqualTo(samples.get(2).key().value());
              assertThat(failure.kind()).isEqualTo("StorageBucketException");
              assertThat(failure.message()).contains("for a test");
            });
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(samples.get(2));

    CleanupReport nothing = retention(refusing.store(), future()).cleanUp(CLEANUP);
    assertThat(nothing.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Case("L10")
  void theNewestOfEachRequestStay() throws InterruptedException {
    List<LogSample> samples = samples(3);
    LogSample other = new LogSample(RequestId.random(), FileName.of("only.log"));
    put(other, CONTENT);
    for (int i : new int[] {1, 2, 0}) { // the last written is not the last listed
      awaitLaterThan(put(samples.get(i), CONTENT));
    }
    Cleanup keeping = Cleanup.of(POLICY.keepingNewest(2)).guardedBy(UNGUARDED);

    CleanupReport report = retention(store, future()).cleanUp(keeping);
    assertThat(report.deleted().objects()).isEqualTo(1);
    assertThat(report.skipped(Skip.NEWEST).objects()).isEqualTo(3);
    assertThat(listed(ArtifactKind.LOG_SAMPLE))
        .containsExactlyInAnyOrder(samples.get(0), samples.get(2), other);
  }

  @Case("L11")
  void whatIsHeldStays() {
    put(sample("free.log"), CONTENT);
    put(sample("freed.log"), CONTENT, Metadata.of(Metadata.HOLD, "false"));
    StoredArtifact held = put(sample("held.log"), CONTENT, Metadata.of(Metadata.HOLD, "true"));
    put(sample("late.log"), CONTENT);

    assertThat(held.isHeld()).isTrue();
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      assertThat(trial.report().skipped(Skip.HELD).objects()).isEqualTo(1);
      put(sample("late.log"), bytes(10, 22), Metadata.of(Metadata.HOLD, "true"));
      CleanupReport report = apply(store, trial);
      assertThat(report.deleted().objects()).isEqualTo(2);
    }
    assertThat(retention(store, future()).cleanUp(CLEANUP).skipped(Skip.HELD).objects())
        .isEqualTo(2);
    assertThat(listed(ArtifactKind.LOG_SAMPLE))
        .containsExactly(sample("held.log"), sample("late.log"));
  }

  @Case("L12")
  void aCleanupThatDiedIsTakenUpWhereItEnded() {
    List<LogSample> samples = samples(20);
    putAll(samples);
    Interposed dying =
        Interposed.before(
            store,
            (method, first, call) -> {
              if (method.startsWith("delete") && samples.indexOf(first) >= 5) {
                throw new DeathOfTheProcess();
              }
              return call.go();
            });
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      assertThatThrownBy(() -> apply(dying.store(), trial)).isInstanceOf(DeathOfTheProcess.class);
      int left = listed(ArtifactKind.LOG_SAMPLE).size();
      assertThat(left).isEqualTo(15);

      CleanupReport second = apply(another(), trial);
      assertThat(second.outcome()).isEqualTo(Outcome.DONE);
      assertThat(second.deleted().objects()).isEqualTo(left);
      assertThat(second.skipped(Skip.GONE).objects()).isEqualTo(20 - left);
      CleanupReport third = apply(another(), trial);
      assertThat(third.deleted()).isEqualTo(Amount.NONE);
      assertThat(third.skipped(Skip.GONE).objects()).isEqualTo(20);
    }
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEmpty();
  }

  @Case("L13")
  void theNumbersOfAReportAddUp() {
    List<LogSample> samples = samples(6);
    for (int i = 0; i < samples.size(); i++) {
      put(samples.get(i), bytes(100 * (i + 1), i));
    }
    put(sample("held.log"), bytes(7, 23), Metadata.of(Metadata.HOLD, "true"));
    try (CleanupTrial trial = retention(store, future()).plan(CLEANUP)) {
      store.delete(samples.get(0));
      put(samples.get(1), bytes(11, 24));
      CleanupReport report = apply(refusing(samples.get(2)).store(), trial);

      assertThat(report.scanned()).isEqualTo(new Amount(7, ByteSize.of(2107)));
      assertThat(report.expired()).isEqualTo(report.scanned());
      assertThat(report.planned()).isEqualTo(new Amount(6, ByteSize.of(2100)));
      assertThat(report.skipped(Skip.HELD)).isEqualTo(new Amount(1, ByteSize.of(7)));
      assertThat(report.skipped(Skip.GONE)).isEqualTo(new Amount(1, ByteSize.of(100)));
      assertThat(report.skipped(Skip.CHANGED)).isEqualTo(new Amount(1, ByteSize.of(200)));
      assertThat(report.failed()).isEqualTo(new Amount(1, ByteSize.of(300)));
      assertThat(report.deleted()).isEqualTo(new Amount(3, ByteSize.of(1500)));
      assertThat(report.requests()).isPositive();
    }
  }

  @Case("L14")
  void whatIsStillBeingWrittenIsNotSweptAndWhatWasGivenUpIs() throws Exception {
    byte[] content = bytes(6 << 20, 25);
    CountDownLatch halfWay = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      ContentSource slow = ContentSource.of(stopping(content, halfWay, goOn), content.length);
      Future<StoredArtifact> upload =
          thread.submit(() -> store.put(sample("slow.log"), slow, PutOptions.defaults()));
      assertThat(halfWay.await(30, TimeUnit.SECONDS)).isTrue();
      Cleanup all = CLEANUP.withLeftovers();
      CleanupReport report = retention(another(), harness().clock()).cleanUp(all);
      goOn.countDown();

      assertThat(report.outcome()).isEqualTo(Outcome.DONE);
      assertThat(report.leftovers()).isEqualTo(Amount.NONE);
      assertThat(upload.get(60, TimeUnit.SECONDS).size()).isEqualTo(content.length);
      assertThat(read(sample("slow.log"))).isEqualTo(content);
    } finally {
      goOn.countDown();
      thread.shutdownNow();
    }
    sweepWhatWasGivenUp();
  }

  /** Not before it is a day old. */
  private void sweepWhatWasGivenUp() {
    boolean isAny =
        harness().backdoor().filter(door -> door.plantLeftover(ArtifactKind.TA_BUNDLE)).isPresent();
    if (!isAny) {
      return; // writers leave nothing here
    }
    long left = store.leftovers(ArtifactKind.TA_BUNDLE).count();
    Cleanup all = CLEANUP.withLeftovers();
    Instant now = harness().clock().instant();

    assertThat(left).isPositive();
    assertThat(retentionAt(now.plus(Duration.ofHours(23))).cleanUp(all).leftovers())
        .isEqualTo(Amount.NONE);
    CleanupReport report = retentionAt(now.plus(Duration.ofHours(25))).cleanUp(all);
    assertThat(report.leftovers().objects()).isEqualTo(left);
    assertThat(report.leftoversDeleted().objects()).isEqualTo(left);
    assertThat(store.leftovers(ArtifactKind.TA_BUNDLE)).isEmpty();
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("slow.log"));
  }

  /** What a process that is killed can no longer do anything about. */
  private static final class DeathOfTheProcess extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Whether the fractions of a second are told. */
  private static boolean isTold(Instant time) {
    return !time.equals(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Until what is stored now is told to be later: many servers tell the time to the second. */
  private static void awaitLaterThan(StoredArtifact stored) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(isTold(stored.storedAt()) ? 20 : 1100);
  }

  private StoredArtifact put(Artifact artifact, byte[] content, Metadata metadata) {
    return confirmed(
        store.put(
            artifact, ContentSource.of(content), PutOptions.defaults().withMetadata(metadata)));
  }

  private void putOneOfEachKind() {
    put(sample("one.log"), CONTENT);
    put(new TaBundle(request, BundleVersion.of(1), RevisionId.random()), CONTENT);
    put(new DebugBundle(ValidationRunId.random(), FileName.of("debug.zip")), CONTENT);
  }

  private static ObjectStorageClient client(ArtifactStore store) {
    return new ObjectStorageClient(store);
  }

  private static Retention retention(ArtifactStore store, Clock clock) {
    return client(store).retention(clock);
  }

  private Retention retentionAt(Instant now) {
    return retention(store, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** When everything that is stored now has been kept for longer than its period. */
  private Clock future() {
    return Clock.offset(harness().clock(), PERIOD.multipliedBy(2));
  }

  private CleanupReport apply(ArtifactStore other, CleanupTrial trial) {
    return retention(other, future()).apply(trial.plan().orElseThrow(), UNGUARDED);
  }

  private Guard stopping(Cleanup cleanup) {
    CleanupReport report = retention(store, future()).cleanUp(cleanup);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.deleted()).isEqualTo(Amount.NONE);
    return report.stopped().orElseThrow().guard();
  }

  private static List<LogSample> planned(CleanupTrial trial) {
    List<LogSample> samples = new ArrayList<>();
    CleanupPlan plan = trial.plan().orElseThrow();
    plan.forEach(
        entry -> {
          if (entry instanceof ExpiredSample expired) {
            samples.add(expired.sample());
          }
        });
    return samples;
  }

  private Interposed refusing(LogSample stubborn) {
    return Interposed.before(
        store,
        (method, first, call) -> {
          if (method.startsWith("delete") && first.equals(stubborn)) {
            throw new StorageBucketException(
                FailureContext.of(Operation.DELETE, store.buckets(), stubborn),
                "this is a fault made for a test");
          }
          return call.go();
        });
  }

  private static Stream<?> failingAfter(int count, Stream<?> entries) {
    AtomicInteger seen = new AtomicInteger();
    return entries.peek(
        each -> {
          if (seen.incrementAndGet() > count) {
            throw new StorageConnectionException(
                FailureContext.of(Operation.LIST), "this is a fault made for a test");
          }
        });
  }

  private static InputStream stopping(byte[] content, CountDownLatch halfWay, CountDownLatch goOn) {
    return new InputStream() {
      private int position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position >= content.length - 1024) {
          halfWay.countDown();
          await(goOn);
        }
        int count = Math.min(length, content.length - position);
        System.arraycopy(content, position, buffer, offset, count);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
      }
    };
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
