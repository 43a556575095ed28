package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SetClock;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Outcome;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract's level Retention does not say: who else cleans up, what is recorded. */
class RetentionTest {
  private static final Instant STORED = Instant.parse("2026-01-01T00:00:00Z");
  private static final RetentionPolicy POLICY = RetentionPolicy.samplesFor(Duration.ofDays(30));
  private static final RequestId REQUEST = RequestId.random();
  private static final Cleanup CLEANUP =
      Cleanup.of(POLICY).guardedBy(CleanupGuards.DEFAULT.withLargestShare(1));

  private final SetClock clock = new SetClock(STORED);
  private final InMemorySpace space = new InMemorySpace(clock);
  private final InMemoryArtifactStore store = new InMemoryArtifactStore(space);
  private final RecordedEvents events = new RecordedEvents();
  private final ObjectStorageClient client =
      new ObjectStorageClient(store).recordedBy(events, clock);

  @TempDir private Path folder;

  private static LogSample sample(int number) {
    return new LogSample(REQUEST, FileName.of(number + ".log"));
  }

  private void putAndWait(int count) {
    store.createBuckets();
    for (int i = 0; i < count; i++) {
      store.put(sample(i), ContentSource.of(new byte[] {1}), PutOptions.defaults());
    }
    clock.set(STORED.plus(Duration.ofDays(31)));
  }

  @Test
  void thePlannerHasNoWayToChangeAnything() {
    assertThat(CleanupPlanner.class.getDeclaredFields())
        .filteredOn(field -> field.getType().getName().startsWith("io.taforge.storage.A"))
        .extracting(field -> (Object) field.getType())
        .containsOnly(ArtifactView.class);
    assertThat(ArtifactView.class.getMethods())
        .extracting(Method::getName)
        .containsOnly(
            "buckets",
            "get",
            "find",
            "list",
            "listDetailed",
            "listFolders",
            "tags",
            "scan",
            "scanDetailed",
            "backendTime",
            "leftovers");
  }

  @Test
  void halfOfAllIsTheMostByDefault() {
    putAndWait(2);
    store.put(sample(3), ContentSource.of(new byte[] {1}), PutOptions.defaults());

    assertThatThrownBy(() -> client.cleanupExpiredSamples(POLICY, clock))
        .isInstanceOf(StorageRetentionException.class)
        .hasMessageContaining("2 of 3 log samples would be removed, and at most 50 % of them may");
    store.put(sample(4), ContentSource.of(new byte[] {1}), PutOptions.defaults());
    assertThat(client.cleanupExpiredSamples(POLICY, clock).deleted().objects()).isEqualTo(2);
  }

  @Test
  void nothingIsDoneWhileSomebodyElseCleansUp() {
    putAndWait(3);
    try (Lease other = store.acquireLease("somebody, process 1", Duration.ofMinutes(2))) {
      CleanupReport report = client.retention(clock).cleanUp(CLEANUP);

      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
      assertThat(report.stopped().orElseThrow().guard()).isEqualTo(Guard.LEASE);
      assertThat(report.stopped().orElseThrow().reason())
          .contains("somebody, process 1 has it until 2026-02-01T00:02:00Z");
    }
    assertThat(client.retention(clock).cleanUp(CLEANUP).deleted().objects()).isEqualTo(3);
    store.acquireLease("the next", Duration.ofMinutes(2)).close();
  }

  @Test
  void whoeverCleansUpMayHaveAnyName() {
    putAndWait(1);
    Caller caller =
        new Caller("line\n\u0085\u2028" + "x".repeat(94) + "\ud83d\ude80".repeat(50), "id");

    CleanupReport report = client.onBehalfOf(caller).retention(clock).cleanUp(CLEANUP);
    assertThat(report.deleted().objects()).isEqualTo(1);
  }

  @Test
  void eachDeletionIsRecordedAndATrialIsToldToBeOne() {
    putAndWait(2);
    try (CleanupTrial trial = client.retention(clock).plan(CLEANUP)) {
      assertThat(events.all()).extracting(AuditEvent::event).containsExactly("cleanup_planned");
      assertThat(events.all().get(0).isDryRun()).isTrue();

      client.retention(clock).apply(trial.plan().orElseThrow(), CLEANUP.guards());
    }
    assertThat(events.all())
        .filteredOn(each -> each.event().equals("log_sample_deleted"))
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(each.storageKey().orElseThrow()).startsWith("samples/" + REQUEST);
              assertThat(each.size()).hasValue(1);
              assertThat(each.isDryRun()).isFalse();
            });
    assertThat(events.all().get(3).event()).isEqualTo("cleanup_applied");
  }

  @Test
  void whatAGuardHasStoppedIsRecordedAsFailed() {
    putAndWait(3);
    CleanupGuards one = CleanupGuards.DEFAULT.withLargestShare(1).withMostDeletions(1);
    try (CleanupTrial trial = client.retention(clock).plan(CLEANUP.guardedBy(one))) {
      client.retention(clock).apply(trial.plan().orElseThrow(), one);
      client.retention(clock).apply(trial.plan().orElseThrow(), CLEANUP.guards());
    }

    assertThat(events.all())
        .filteredOn(each -> each.event().startsWith("cleanup_"))
        .extracting(
            each -> each.event() + " " + each.failure().orElse("done") + " " + each.isDryRun())
        .containsExactly(
            "cleanup_planned StorageRetentionException true",
            "cleanup_applied StorageRetentionException false",
            "cleanup_applied done false");
  }

  @Test
  void whatCannotBeReachedAtAllIsNoMatterForAGuard() {
    putAndWait(1);
    space.faults().failNext(Integer.MAX_VALUE, StorageConnectionException::new);

    assertThatThrownBy(() -> client.retention(clock).cleanUp(CLEANUP))
        .isInstanceOf(StorageConnectionException.class);
  }

  @Test
  void aSampleOfWhichNothingIsToldStays() {
    putAndWait(3);
    ObjectStorageClient blind =
        new ObjectStorageClient(
            failing(
                "find",
                Optional.of(sample(1)),
                () ->
                    new StorageAccessDeniedException(
                        FailureContext.of(Operation.FIND), "it may not")));

    CleanupReport report = blind.retention(clock).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.PARTLY);
    assertThat(report.deleted().objects()).isEqualTo(2);
    assertThat(report.failed().objects()).isEqualTo(1);
    assertThat(report.failures())
        .extracting(CleanupReport.Failure::kind)
        .containsExactly("StorageAccessDeniedException");
    assertThat(store.find(sample(1))).isPresent();
  }

  @Test
  void aBackendThatFailsAgainAndAgainIsLeftAlone() {
    putAndWait(500);
    ObjectStorageClient stubborn =
        new ObjectStorageClient(
            failing(
                "deleteUnchanged",
                Optional.empty(),
                () ->
                    new StorageConnectionException(
                        FailureContext.of(Operation.DELETE), "no answer")));

    CleanupReport report = stubborn.retention(clock).cleanUp(CLEANUP);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.stopped().orElseThrow().guard()).isEqualTo(Guard.FAILURES);
    assertThat(report.failed().objects()).isEqualTo(100);
  }

  @Test
  void aPlanOfAnotherBucketIsRefused() throws Exception {
    putAndWait(1);
    Path file = folder.resolve("plan");
    client.retention(clock).plan(CLEANUP, file).close();
    Files.writeString(file, Files.readString(file).replace("log-samples", "other-samples"));
    CleanupPlan plan = CleanupPlan.read(file);

    assertThatThrownBy(() -> client.retention(clock).apply(plan, CLEANUP.guards()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The plan was made for the bucket other-samples, and not for log-samples");
  }

  @Test
  void aPlanThatCameToNothingLeavesNothingInTheFolderForTemporaryFiles() {
    putAndWait(1);
    Retention retention = new Retention(store, Audit.none(), clock, folder);
    try (CleanupTrial trial = retention.plan(CLEANUP)) {
      assertThat(trial.plan()).isPresent();
      assertThat(folder).isDirectoryContaining("glob:**/taforge-cleanup-*.plan");
    }
    assertThat(folder).isEmptyDirectory();
    space.faults().failNext(Integer.MAX_VALUE, StorageConnectionException::new);

    assertThatThrownBy(() -> retention.plan(CLEANUP))
        .isInstanceOf(StorageConnectionException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anInterruptEndsIt() {
    putAndWait(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.retention(clock).cleanUp(CLEANUP))
        .isInstanceOf(StorageInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A store of which one method fails, for one artifact or, without one, for all. */
  private ArtifactStore failing(
      String failing, Optional<LogSample> artifact, Supplier<StorageException> failure) {
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(),
            new Class<?>[] {ArtifactStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(failing)
                  && artifact.filter(each -> !each.equals(arguments[0])).isEmpty()) {
                throw failure.get();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
