package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.client.CleanupPlan.Head;
import io.taforge.storage.client.CleanupPlan.Totals;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes log samples that have been kept long enough, and what writers have left behind: first a
 * plan, then its application. TA bundles and debug bundles are never removed.
 *
 * <p>What is removed is exactly what was planned, and still is what it was then. A sample stays if
 * it was written again since, is held (see {@link io.taforge.storage.StoredArtifact#isHeld}), or is
 * gone. Nothing is removed where not everything could be listed, or where a guard stops it. One
 * process at a time removes, where the store has leases. A plan that was applied in part can be
 * applied again: what it has removed already is then told as gone.
 *
 * <p>A lot of samples takes little memory: a plan lies in a file. Safe for use by many threads.
 */
public final class Retention {
  private static final int LONGEST_USER = 100;

  private final ArtifactStore store;
  private final Audit audit;
  private final Clock clock;
  private final Path temporaryFiles;

  Retention(ArtifactStore store, Audit audit, Clock clock, Path temporaryFiles) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.temporaryFiles = temporaryFiles;
  }

  /**
   * Finds out what a cleanup would remove, and removes nothing. The caller closes the trial.
   *
   * @throws StorageRetentionException if the plan cannot be written to the folder for temporary
   *     files
   */
  public CleanupTrial plan(Cleanup cleanup) {
    Path file = temporaryFile();
    boolean isPlanned = false;
    try {
      CleanupTrial trial = recordedPlan(cleanup, file, true);
      isPlanned = trial.plan().isPresent();
      return trial;
    } finally {
      if (!isPlanned) {
        remove(file);
      }
    }
  }

  /**
   * Finds out what a cleanup would remove, and writes that to a file, which appears when the plan
   * is complete; {@link CleanupPlan#read} reads it.
   *
   * @throws StorageRetentionException if the file cannot be written
   */
  public CleanupTrial plan(Cleanup cleanup, Path file) {
    return recordedPlan(cleanup, file, false);
  }

  /**
   * Removes what is in a plan. The report tells how that ended; to look at its outcome is the
   * caller's part.
   *
   * @throws IllegalArgumentException if the plan was made for another bucket
   */
  public CleanupReport apply(CleanupPlan plan, CleanupGuards guards) {
    String bucket = store.buckets().of(ArtifactKind.LOG_SAMPLE);
    if (!plan.head().bucket().equals(bucket)) {
      throw new IllegalArgumentException(
          "The plan was made for the bucket " + plan.head().bucket() + ", and not for " + bucket);
    }
    return audit.of(
        "cleanup_applied", context(), () -> applied(plan, guards, clock.instant()), this::ended);
  }

  /**
   * Plans and applies the plan. The report tells how that ended; to look at its outcome is the
   * caller's part.
   *
   * @throws io.taforge.storage.StorageException if the backend could not even begin to list
   */
  public CleanupReport cleanUp(Cleanup cleanup) {
    try (CleanupTrial trial = plan(cleanup)) {
      return trial
          .plan()
          .filter(plan -> trial.report().stopped().isEmpty())
          .map(plan -> apply(plan, cleanup.guards()))
          .orElseGet(() -> trial.report().forReal());
    }
  }

  private CleanupTrial recordedPlan(Cleanup cleanup, Path file, boolean isTemporary) {
    return audit.of(
        "cleanup_planned",
        context(),
        AuditEvent::asDryRun,
        () -> planned(store, cleanup, file, isTemporary),
        (event, trial) -> ended(event, trial.report()));
  }

  /** What a guard has stopped, or was partly done, is recorded as failed. */
  private AuditEvent ended(AuditEvent event, CleanupReport report) {
    return report.outcome() == CleanupReport.Outcome.DONE ? event : event.failed(failure(report));
  }

  /** Whatever happens in here, it is given no way to remove anything. */
  private CleanupTrial planned(ArtifactView view, Cleanup cleanup, Path file, boolean isTemporary) {
    Instant now = clock.instant();
    Head head =
        new Head(cleanup, view.buckets().of(ArtifactKind.LOG_SAMPLE), now, view.backendTime());
    if (head.skew().abs().compareTo(cleanup.guards().mostSkew()) > 0) {
      return stopped(head, Totals.NONE, Guard.CLOCK_SKEW, skew(head));
    }
    try {
      CleanupPlan plan = CleanupPlanner.plan(view, head, file, isTemporary);
      CleanupTally tally = new CleanupTally(head, plan.totals(), cleanup.guards(), now);
      cleanup.guards().check(plan.totals()).ifPresent(tally::stop);
      plan.forEach(tally::unclear);
      return new CleanupTrial(tally.report(true), Optional.of(plan));
    } catch (CleanupPlanner.IncompleteListing e) {
      String reason = "Not all could be listed: " + e.reason().getMessage();
      return stopped(head, e.soFar(), Guard.INCOMPLETE_LISTING, reason);
    } catch (IOException | UncheckedIOException e) {
      throw new StorageRetentionException(context(), "the plan cannot be written to " + file, e);
    }
  }

  private static CleanupTrial stopped(Head head, Totals soFar, Guard guard, String reason) {
    CleanupTally tally = new CleanupTally(head, soFar, head.cleanup().guards(), head.now());
    tally.stop(new Stop(guard, reason));
    return new CleanupTrial(tally.report(true), Optional.empty());
  }

  private static String skew(Head head) {
    Duration skew = head.skew();
    return "This machine's clock is "
        + skew.abs().toSeconds()
        + " seconds "
        + (skew.isNegative() ? "behind" : "ahead of")
        + " the backend's, and at most "
        + head.cleanup().guards().mostSkew().toSeconds()
        + " are allowed";
  }

  private CleanupReport applied(CleanupPlan plan, CleanupGuards guards, Instant startedAt) {
    CleanupTally tally = new CleanupTally(plan.head(), plan.totals(), guards, startedAt);
    Optional<Stop> stop = guards.check(plan.totals());
    if (stop.isPresent()) {
      tally.stop(stop.get());
      return tally.report(false);
    }
    try (Tenure tenure = Tenure.begin(store, holder())) {
      new Cleaner(store, audit, tally, tenure).apply(plan);
    } catch (StorageConflictException e) {
      tally.stop(new Stop(Guard.LEASE, "Somebody else is cleaning up. " + e.getMessage()));
    }
    return tally.report(false);
  }

  /** A user id may be anything, and a lease's holder is a line that is not too long. */
  private String holder() {
    String user = audit.caller().userId();
    String start = user.substring(0, Math.min(user.length(), LONGEST_USER));
    return start.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", "?")
        + ", process "
        + ProcessHandle.current().pid();
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it is empty, and lies where temporary files are removed
    }
  }

  private Path temporaryFile() {
    try {
      return Files.createTempFile(temporaryFiles, "taforge-cleanup-", ".plan");
    } catch (IOException e) {
      throw new StorageRetentionException(
          context(), "there is no room for the plan in the folder for temporary files", e);
    }
  }

  private FailureContext context() {
    return FailureContext.of(Operation.CLEAN_UP, store.buckets(), ArtifactKind.LOG_SAMPLE);
  }

  /**
   * The report of a cleanup that did all it had to do.
   *
   * @throws StorageRetentionException if it did not
   */
  CleanupReport complete(CleanupReport report) {
    if (report.outcome() == CleanupReport.Outcome.DONE) {
      return report;
    }
    throw failure(report);
  }

  private StorageRetentionException failure(CleanupReport report) {
    return new StorageRetentionException(context(), report.summary());
  }
}
