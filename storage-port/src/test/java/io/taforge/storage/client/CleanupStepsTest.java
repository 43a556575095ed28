package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Leftover;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SetClock;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Outcome;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.StorageStats.Amount;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each sample and each leftover, and how that is counted and told. */
class CleanupStepsTest {
  private static final Instant STORED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = STORED.plus(Duration.ofDays(31));
  private static final RequestId REQUEST = RequestId.random();
  private static final RetentionPolicy POLICY = RetentionPolicy.samplesFor(Duration.ofDays(30));
  private static final Cleanup CLEANUP =
      Cleanup.of(POLICY).guardedBy(CleanupGuards.DEFAULT.withLargestShare(1));
  private static final FailureContext CONTEXT = FailureContext.of(Operation.DELETE);

  private final SetClock clock = new SetClock(STORED);
  private final InMemoryArtifactStore store = new InMemoryArtifactStore(new InMemorySpace(clock));

  @BeforeEach
  void putThree() {
    store.createBuckets();
    put(0, 1, Metadata.none());
    put(1, 20, Metadata.none());
    put(2, 300, Metadata.none());
    clock.set(NOW);
  }

  private static LogSample sample(int number) {
    return new LogSample(REQUEST, FileName.of(number + ".log"));
  }

  private void put(int number, int size, Metadata metadata) {
    store.put(
        sample(number),
        ContentSource.of(new byte[size]),
        PutOptions.defaults().withMetadata(metadata));
  }

  private static Amount amount(long objects, long bytes) {
    return new Amount(objects, ByteSize.of(bytes));
  }

  private Retention retention(ArtifactStore other) {
    return new ObjectStorageClient(other).retention(clock);
  }

  /** Plans on the store, does something, and applies the plan on another one. */
  private CleanupReport appliedAfter(Runnable change, ArtifactStore other) {
    try (CleanupTrial trial = retention(store).plan(CLEANUP)) {
      change.run();
      return retention(other).apply(trial.plan().orElseThrow(), CLEANUP.guards());
    }
  }

  @Test
  void whatIsRemovedIsCountedWithItsSizeAndItsRequests() {
    CleanupReport report = retention(store).cleanUp(CLEANUP);

    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.isDryRun()).isFalse();
    assertThat(report.isConditional()).isTrue();
    assertThat(report.scanned()).isEqualTo(amount(3, 321));
    assertThat(report.expired()).isEqualTo(amount(3, 321));
    assertThat(report.planned()).isEqualTo(amount(3, 321));
    assertThat(report.deleted()).isEqualTo(amount(3, 321));
    assertThat(report.failed()).isEqualTo(Amount.NONE);
    assertThat(report.requests()).as("a page, 3 looks, 3 looks and 3 deletions").isEqualTo(10);
    assertThat(report.startedAt()).isEqualTo(NOW);
    assertThat(report.summary()).isEqualTo("3 of 3 log samples were removed, 0 could not be");
  }

  @Test
  void aTrialIsDoneWhenSomethingWouldBeRemoved() {
    try (CleanupTrial trial = retention(store).plan(CLEANUP)) {
      assertThat(trial.report().isDryRun()).isTrue();
      assertThat(trial.report().outcome()).isEqualTo(Outcome.DONE);
      assertThat(trial.report().deleted()).isEqualTo(Amount.NONE);
      assertThat(trial.report().requests()).isEqualTo(4);
      assertThat(trial.plan().orElseThrow().file()).exists();
      trial.close();
      assertThat(trial.plan().orElseThrow().file()).doesNotExist();
    }
  }

  @Test
  void whatIsHeldOrAmongTheNewestIsNotPlanned() {
    clock.set(STORED);
    put(3, 4000, Metadata.of(Metadata.HOLD, "true"));
    clock.set(STORED.plusSeconds(1));
    put(4, 50_000, Metadata.none());
    clock.set(NOW.plusSeconds(2));
    Cleanup cleanup =
        Cleanup.of(POLICY.keepingNewest(1)).guardedBy(CleanupGuards.DEFAULT.withLargestShare(1));

    CleanupReport report = retention(store).cleanUp(cleanup);
    assertThat(report.expired()).isEqualTo(amount(5, 54_321));
    assertThat(report.planned()).isEqualTo(amount(3, 321));
    assertThat(report.skipped(Skip.HELD)).isEqualTo(amount(1, 4000));
    assertThat(report.skipped(Skip.NEWEST)).isEqualTo(amount(1, 50_000));
    assertThat(report.skipped(Skip.GONE)).isEqualTo(Amount.NONE);
    assertThat(store.find(sample(3))).isPresent();
    assertThat(store.find(sample(4))).isPresent();
  }

  @Test
  void whatIsKeptAsTheNewestAndHasNotExpiredIsNotCounted() {
    clock.set(NOW);
    put(3, 7, Metadata.none());

    CleanupReport report =
        retention(store)
            .cleanUp(
                Cleanup.of(POLICY.keepingNewest(1))
                    .guardedBy(CleanupGuards.DEFAULT.withLargestShare(1)));
    assertThat(report.skipped(Skip.NEWEST)).isEqualTo(Amount.NONE);
    assertThat(report.deleted()).isEqualTo(amount(3, 321));
  }

  @Test
  void theNewestAreKeptOfEachRequest() {
    RequestId another = RequestId.random();
    clock.set(STORED.plusSeconds(1));
    LogSample old = new LogSample(another, FileName.of("old.log"));
    store.put(old, ContentSource.of(new byte[4000]), PutOptions.defaults());
    clock.set(STORED.plusSeconds(2));
    LogSample last = new LogSample(another, FileName.of("last.log"));
    store.put(last, ContentSource.of(new byte[50_000]), PutOptions.defaults());
    clock.set(NOW.plusSeconds(3));

    CleanupReport report =
        retention(store)
            .cleanUp(
                Cleanup.of(POLICY.keepingNewest(1))
                    .guardedBy(CleanupGuards.DEFAULT.withLargestShare(1)));
    assertThat(report.skipped(Skip.NEWEST).objects()).isEqualTo(2);
    assertThat(report.deleted().objects()).isEqualTo(3);
    assertThat(store.find(old)).isEmpty();
    assertThat(store.find(last)).isPresent();
  }

  @Test
  void whatHasChangedSinceThePlanStays() {
    CleanupReport report =
        appliedAfter(
            () -> {
              put(0, 1, Metadata.none());
              store.delete(sample(1));
            },
            store);

    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.skipped(Skip.CHANGED)).isEqualTo(amount(1, 1));
    assertThat(report.skipped(Skip.GONE)).isEqualTo(amount(1, 20));
    assertThat(report.deleted()).isEqualTo(amount(1, 300));
    assertThat(store.find(sample(0))).isPresent();
    assertThat(report.requests()).as("a page, 3 looks, and 1 + 1 + 2").isEqualTo(8);
  }

  @Test
  void anETagIsNotEnoughToBeTheSame() {
    ArtifactStore withoutVersions =
        OtherStore.than(store)
            .with("find", arguments -> store.find((Artifact) arguments[0]).map(this::storedNow))
            .open();

    CleanupReport report = appliedAfter(() -> {}, withoutVersions);
    assertThat(report.skipped(Skip.CHANGED).objects()).isEqualTo(3);
    assertThat(report.deleted()).isEqualTo(Amount.NONE);
  }

  private StoredArtifact storedNow(StoredArtifact found) {
    return new StoredArtifact(
        found.artifact(),
        found.size(),
        NOW,
        found.version(),
        found.sha256(),
        found.contentType(),
        found.metadata());
  }

  @Test
  void whatIsHeldSinceThePlanStaysEvenIfItsVersionDoesNotTell() {
    ArtifactStore other =
        OtherStore.than(store)
            .with("find", arguments -> store.find((Artifact) arguments[0]).map(this::held))
            .open();

    CleanupReport report = appliedAfter(() -> {}, other);
    assertThat(report.skipped(Skip.HELD)).isEqualTo(amount(3, 321));
    assertThat(store.find(sample(0))).isPresent();
  }

  private StoredArtifact held(StoredArtifact found) {
    return new StoredArtifact(
        found.artifact(),
        found.size(),
        found.storedAt(),
        found.version(),
        found.sha256(),
        found.contentType(),
        Metadata.of(Metadata.HOLD, "true"));
  }

  @Test
  void aStoreWithoutConditionsDeletesAfterASecondLook() {
    ArtifactStore unconditional =
        OtherStore.than(store)
            .with("capabilities", arguments -> Set.of())
            .with(
                "deleteUnchanged",
                arguments -> {
                  throw new AssertionError("there is no such capability");
                })
            .with(
                "acquireLease",
                arguments -> {
                  throw new AssertionError("there is no such capability");
                })
            .open();

    CleanupReport report = retention(unconditional).cleanUp(CLEANUP);
    assertThat(report.isConditional()).isFalse();
    assertThat(report.deleted()).isEqualTo(amount(3, 321));
  }

  @Test
  void whatIsOvertakenAtTheLastMomentIsCountedAsChangedOrGone() {
    ArtifactStore overtaken =
        OtherStore.than(store)
            .with(
                "deleteUnchanged",
                arguments -> {
                  if (arguments[0].equals(sample(0))) {
                    throw StorageConflictException.changed(CONTEXT);
                  }
                  return DeleteOutcome.ABSENT;
                })
            .open();

    CleanupReport report = retention(overtaken).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.skipped(Skip.CHANGED)).isEqualTo(amount(1, 1));
    assertThat(report.skipped(Skip.GONE)).isEqualTo(amount(2, 320));
  }

  @Test
  void whatCannotBeLookedAtWhilePlanningIsTold() {
    ArtifactStore blind =
        OtherStore.than(store)
            .with(
                "find",
                arguments -> {
                  if (arguments[0].equals(sample(1))) {
                    throw new StorageAccessDeniedException(CONTEXT, "it may not");
                  }
                  return store.find((Artifact) arguments[0]);
                })
            .open();

    try (CleanupTrial trial = retention(blind).plan(CLEANUP)) {
      assertThat(trial.report().outcome()).isEqualTo(Outcome.PARTLY);
      assertThat(trial.report().failed()).isEqualTo(amount(1, 20));
      assertThat(trial.report().planned()).isEqualTo(amount(2, 301));
      assertThat(trial.report().failures())
          .extracting(CleanupReport.Failure::name)
          .containsExactly(sample(1).key().value());
    }
    CleanupReport report = retention(blind).cleanUp(CLEANUP);
    assertThat(report.deleted()).isEqualTo(amount(2, 301));
    assertThat(report.failed()).isEqualTo(amount(1, 20));
    assertThat(report.summary())
        .startsWith("2 of 2 log samples were removed, 1 could not be: Cannot delete")
        .endsWith("it may not");
  }

  @Test
  void nothingRemovedAndSomethingFailedIsAFailure() {
    ArtifactStore stubborn =
        OtherStore.than(store)
            .with(
                "deleteUnchanged",
                arguments -> {
                  throw new StorageAccessDeniedException(CONTEXT, "it may not");
                })
            .open();

    CleanupReport report = retention(stubborn).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.failed()).isEqualTo(amount(3, 321));
    assertThatThrownBy(
            () ->
                new ObjectStorageClient(
                        OtherStore.than(stubborn)
                            .with("scan", arguments -> store.scan(prefix(arguments[0])))
                            .open())
                    .cleanupExpiredSamples(POLICY, clock))
        .isInstanceOf(StorageRetentionException.class);
  }

  private static KeyPrefix prefix(Object argument) {
    return (KeyPrefix) argument;
  }

  @Test
  void leftoversAreRemovedWhenTheyAreOldAndCountedWithWhatIsKnownOfTheirSize() {
    Leftover upload = leftover("upload", NOW.minus(Duration.ofDays(2)), OptionalLong.of(5));
    Leftover unknown = leftover("unknown", NOW.minus(Duration.ofDays(2)), OptionalLong.empty());
    Leftover gone = leftover("gone", NOW.minus(Duration.ofDays(2)), OptionalLong.of(70));
    Leftover denied = leftover("denied", NOW.minus(Duration.ofDays(2)), OptionalLong.of(900));
    Leftover young = leftover("young", NOW.minus(Duration.ofDays(1)), OptionalLong.of(1000));
    List<Leftover> all = List.of(upload, unknown, gone, denied, young);
    List<Leftover> asked = new CopyOnWriteArrayList<>();
    ArtifactStore littered =
        OtherStore.than(store)
            .with(
                "leftovers",
                arguments ->
                    arguments[0] == ArtifactKind.LOG_SAMPLE ? all.stream() : Stream.empty())
            .with(
                "deleteLeftover",
                arguments -> {
                  asked.add((Leftover) arguments[0]);
                  if (arguments[0].equals(denied)) {
                    throw new StorageAccessDeniedException(CONTEXT, "it may not");
                  }
                  return arguments[0].equals(gone) ? DeleteOutcome.ABSENT : DeleteOutcome.DELETED;
                })
            .open();

    CleanupReport report = retention(littered).cleanUp(CLEANUP.withLeftovers());
    assertThat(report.leftovers()).isEqualTo(amount(4, 975));
    assertThat(report.leftoversDeleted()).isEqualTo(amount(2, 5));
    assertThat(report.leftoversFailed()).isEqualTo(amount(1, 900));
    assertThat(report.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(report.failures()).extracting(CleanupReport.Failure::name).containsExactly("denied");
    assertThat(report.requests()).as("10 for the samples, 4 for leftovers").isEqualTo(14);
    assertThat(asked).containsExactlyInAnyOrder(upload, unknown, gone, denied);
    assertThat(retention(littered).cleanUp(CLEANUP).leftovers()).isEqualTo(Amount.NONE);
    assertThat(new ObjectStorageClient(littered).storageStats().debris())
        .containsEntry(ArtifactKind.LOG_SAMPLE, new StorageStats.Debris(5, ByteSize.of(1975), 1))
        .containsEntry(ArtifactKind.TA_BUNDLE, new StorageStats.Debris(0, ByteSize.of(0), 0));
  }

  @Test
  void samplesAndLeftoversAreAddedUpAndNotSetOffAgainstEachOther() {
    Leftover denied = leftover("denied", NOW.minus(Duration.ofDays(2)), OptionalLong.of(900));
    ArtifactStore littered =
        OtherStore.than(store)
            .with(
                "leftovers",
                arguments ->
                    arguments[0] == ArtifactKind.LOG_SAMPLE
                        ? Stream.of(
                            leftover("a", NOW.minus(Duration.ofDays(2)), OptionalLong.of(5)),
                            leftover("b", NOW.minus(Duration.ofDays(2)), OptionalLong.of(6)),
                            denied)
                        : Stream.empty())
            .with(
                "deleteLeftover",
                arguments -> {
                  if (arguments[0].equals(denied)) {
                    throw new StorageAccessDeniedException(CONTEXT, "it may not");
                  }
                  return DeleteOutcome.DELETED;
                })
            .with(
                "deleteUnchanged",
                arguments -> {
                  if (arguments[0].equals(sample(1))) {
                    throw new StorageAccessDeniedException(CONTEXT, "it may not");
                  }
                  return store.delete((Artifact) arguments[0]);
                })
            .open();

    CleanupReport report = retention(littered).cleanUp(CLEANUP.withLeftovers());
    assertThat(report.deleted().objects()).isEqualTo(2);
    assertThat(report.leftoversDeleted().objects()).isEqualTo(2);
    assertThat(report.outcome()).as("one of each has failed").isEqualTo(Outcome.PARTLY);
    assertThat(report.failures())
        .extracting(CleanupReport.Failure::name)
        .containsExactlyInAnyOrder(sample(1).key().value(), "denied");
  }

  @Test
  void aLeftoverThatGoesIsRecordedByItsName(@TempDir Path folder) {
    Leftover upload = leftover("upload", NOW.minus(Duration.ofDays(2)), OptionalLong.of(5));
    ArtifactStore littered =
        OtherStore.than(store)
            .with(
                "leftovers",
                arguments ->
                    arguments[0] == ArtifactKind.LOG_SAMPLE ? Stream.of(upload) : Stream.empty())
            .with("deleteLeftover", arguments -> DeleteOutcome.DELETED)
            .open();
    RecordedEvents trail = new RecordedEvents();
    Audit audit = new Audit(trail, Caller.ofThisProcess(), clock);
    new Retention(littered, audit, clock, folder).cleanUp(CLEANUP.withLeftovers());

    assertThat(trail.all())
        .filteredOn(each -> each.event().equals("leftover_deleted"))
        .extracting(each -> each.storageKey().orElseThrow())
        .containsExactly("upload");
  }

  private static Leftover leftover(String name, Instant since, OptionalLong size) {
    return new Leftover(ArtifactKind.LOG_SAMPLE, Leftover.Type.UPLOAD, name, since, size);
  }

  @Test
  void leftoversThatNobodyMayListAreUnknownAndTheRestIsCounted() {
    ArtifactStore denied =
        OtherStore.than(store)
            .with(
                "leftovers",
                arguments -> {
                  throw new StorageAccessDeniedException(CONTEXT, "it may not");
                })
            .open();

    StorageStats stats = new ObjectStorageClient(denied).storageStats(POLICY, clock);
    assertThat(stats.debris()).isEmpty();
    assertThat(stats.objects()).isEqualTo(3);
    assertThat(stats.size()).isEqualTo(ByteSize.of(321));
    assertThat(stats.expired()).isEqualTo(amount(3, 321));
  }

  @Test
  void aListingThatBreaksOffStopsIt() {
    ArtifactStore broken =
        OtherStore.than(store)
            .with(
                "scan",
                arguments ->
                    Stream.concat(store.scan(prefix(arguments[0])), Stream.of(1).map(failing())))
            .open();

    CleanupReport report = retention(broken).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.stopped().orElseThrow().guard()).isEqualTo(Guard.INCOMPLETE_LISTING);
    assertThat(report.stopped().orElseThrow().reason())
        .startsWith("Not all could be listed: ")
        .endsWith("it may not");
    assertThat(report.scanned()).isEqualTo(amount(3, 321));
    assertThat(report.isDryRun()).isFalse();
    assertThat(report.summary())
        .startsWith("0 of ")
        .contains(", and it was stopped: Not all could be listed: ");
    assertThat(store.find(sample(0))).isPresent();
  }

  private static <T> Function<Integer, T> failing() {
    return number -> {
      throw new StorageAccessDeniedException(CONTEXT, "it may not");
    };
  }

  @Test
  void clocksThatDifferTooMuchStopIt() {
    assertThat(skewed(Duration.ofMinutes(5)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(skewed(Duration.ofMinutes(-5)).outcome()).isEqualTo(Outcome.DONE);

    CleanupReport ahead = skewed(Duration.ofMinutes(5).plusNanos(1));
    assertThat(ahead.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(ahead.stopped().orElseThrow())
        .isEqualTo(
            new CleanupReport.Stop(
                Guard.CLOCK_SKEW,
                "This machine's clock is 300 seconds behind the backend's, and at most 300 are"
                    + " allowed"));
    assertThat(skewed(Duration.ofMinutes(-6)).stopped().orElseThrow().reason())
        .startsWith("This machine's clock is 360 seconds ahead of the backend's");
  }

  private CleanupReport skewed(Duration skew) {
    ArtifactStore other =
        OtherStore.than(store).with("backendTime", none -> Optional.of(NOW.plus(skew))).open();
    try (CleanupTrial trial = retention(other).plan(CLEANUP)) {
      return trial.report();
    }
  }

  @Test
  void guardsStopWhatIsTooMuchAndNothingLess() {
    assertThat(stopped(CleanupGuards.DEFAULT.withLargestShare(1).withMostDeletions(3))).isEmpty();
    assertThat(stopped(CleanupGuards.DEFAULT.withLargestShare(1).withMostDeletions(2)))
        .contains(
            new CleanupReport.Stop(
                Guard.MOST_DELETIONS, "3 log samples would be removed, and at most 2 may be"));
    assertThat(stopped(CleanupGuards.DEFAULT.withLargestShare(0.125)))
        .contains(
            new CleanupReport.Stop(
                Guard.LARGEST_SHARE,
                "3 of 3 log samples would be removed, and at most 12.5 % of them may be"));
    assertThat(stopped(CleanupGuards.DEFAULT.withLargestShare(1)).isEmpty()).isTrue();
  }

  /** By which guard the trial was stopped, and the plan of it, applied. */
  private Optional<CleanupReport.Stop> stopped(CleanupGuards guards) {
    try (CleanupTrial trial = retention(store).plan(CLEANUP.guardedBy(guards))) {
      Optional<CleanupReport.Stop> stop = trial.report().stopped();
      assertThat(trial.report().outcome())
          .isEqualTo(stop.isPresent() ? Outcome.STOPPED : Outcome.DONE);
      if (stop.isPresent()) {
        CleanupReport applied = retention(store).apply(trial.plan().orElseThrow(), guards);
        assertThat(applied.stopped()).isEqualTo(stop);
        assertThat(applied.deleted()).isEqualTo(Amount.NONE);
      }
      return stop;
    }
  }

  @Test
  void guardsAreWithinReason() {
    assertThat(CleanupGuards.DEFAULT.withMostDeletions(0).mostDeletions()).isZero();
    assertThat(CleanupGuards.DEFAULT.withLargestShare(0).largestShare()).isZero();
    assertThat(CleanupGuards.DEFAULT.withMostSkew(Duration.ZERO).mostSkew()).isZero();
    assertThatThrownBy(() -> CleanupGuards.DEFAULT.withMostDeletions(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("-1 is not a number of deletions");
    for (double share : new double[] {-0.001, 1.001, Double.NaN}) {
      assertThatThrownBy(() -> CleanupGuards.DEFAULT.withLargestShare(share))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it must be from 0 to 1");
    }
    assertThatThrownBy(() -> CleanupGuards.DEFAULT.withMostSkew(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it must not be negative");
  }

  @Test
  void onlyTheFirstThousandFailuresAreTold() {
    for (int i = 10; i < 1100; i++) {
      clock.set(STORED);
      put(i, 1, Metadata.none());
    }
    clock.set(NOW);
    ArtifactStore blind =
        OtherStore.than(store)
            .with(
                "find",
                arguments -> {
                  throw new StorageAccessDeniedException(CONTEXT, "it may not");
                })
            .open();

    try (CleanupTrial trial = retention(blind).plan(CLEANUP)) {
      assertThat(trial.report().failures()).hasSize(CleanupReport.MOST_FAILURES);
      assertThat(trial.report().failed().objects()).isEqualTo(1093);
      assertThat(trial.report().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(trial.report().requests()).as("2 pages, 1093 looks").isEqualTo(1095);
    }
  }

  @Test
  void aLeaseIsAskedForAndGivenBackWhateverHappens() {
    assertThat(store.capabilities()).contains(Capability.LEASES);
    ArtifactStore stubborn =
        OtherStore.than(store)
            .with(
                "find",
                arguments -> {
                  throw new StorageAccessDeniedException(CONTEXT, "it may not");
                })
            .open();
    try (CleanupTrial trial = retention(store).plan(CLEANUP)) {
      retention(stubborn).apply(trial.plan().orElseThrow(), CLEANUP.guards());
    }

    store.acquireLease("the next", Duration.ofMinutes(2)).close();
  }
}
