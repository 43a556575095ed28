package io.taforge.storage.client;

import io.taforge.storage.StorageException;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a cleanup, or of the trial of one. Of the {@code planned} samples each was
 * deleted, or skipped as changed, gone or held, or has failed, unless the cleanup {@link #stopped
 * was stopped}; {@code planned} together with those skipped as newest or held while planning, and
 * the unclear ones, are {@code expired}.
 *
 * @param isDryRun whether it was only tried out, so that nothing was removed
 * @param outcome how it ended
 * @param stopped what kept it from removing all that was planned; empty if nothing did
 * @param cleanup what was to be cleaned up
 * @param now the time that ages were told by
 * @param backendTime what the backend's clock said then; empty if it has none of its own
 * @param scanned all log samples
 * @param expired those that were older than the period
 * @param planned those of them that were to be removed
 * @param deleted those that were removed
 * @param skipped expired samples that were left alone, by reason; unmodifiable
 * @param failed expired samples that could not be removed, or of which it was not clear whether
 *     they are held
 * @param failures some of the things that failed, samples and leftovers, with the cause: the first
 *     {@value #MOST_FAILURES}; unmodifiable
 * @param leftovers what writers have left behind and was to be removed
 * @param leftoversDeleted what of it was removed
 * @param leftoversFailed what of it could not be removed
 * @param isConditional whether the backend itself removed only what had not changed; else that was
 *     looked at just before
 * @param requests how often the store was asked: pages of 1,000, look-ups, deletions
 * @param startedAt when it began
 * @param duration how long it took
 */
public record CleanupReport(
    boolean isDryRun,
    Outcome outcome,
    Optional<Stop> stopped,
    Cleanup cleanup,
    Instant now,
    Optional<Instant> backendTime,
    Amount scanned,
    Amount expired,
    Amount planned,
    Amount deleted,
    Map<Skip, Amount> skipped,
    Amount failed,
    List<Failure> failures,
    Amount leftovers,
    Amount leftoversDeleted,
    Amount leftoversFailed,
    boolean isConditional,
    long requests,
    Instant startedAt,
    Duration duration) {
  /** Of more failures than this only the number is told. */
  public static final int MOST_FAILURES = 1000;

  /** How a cleanup ended. */
  public enum Outcome {
    /** What was planned is gone, but for what must stay. */
    DONE,
    /** Some of it failed, or was not come to. */
    PARTLY,
    /** Nothing was removed: a guard stopped it. */
    STOPPED,
    /** Nothing was removed: all of it failed. */
    FAILED
  }

  /** Why an expired sample was left alone. */
  public enum Skip {
    /** It is one of the newest of its request, which the policy keeps. */
    NEWEST,
    /** It is on hold: by its metadata, or by a lock of the backend's. */
    HELD,
    /** It is not the one any more that was planned to go. */
    CHANGED,
    /** Somebody else has removed it, or an earlier run of the same plan. */
    GONE
  }

  /** What stops a cleanup. */
  public enum Guard {
    /** Not all could be listed. */
    INCOMPLETE_LISTING,
    /** More would go than {@link CleanupGuards#mostDeletions}. */
    MOST_DELETIONS,
    /** More would go than {@link CleanupGuards#largestShare}. */
    LARGEST_SHARE,
    /** The clocks differ by more than {@link CleanupGuards#mostSkew}. */
    CLOCK_SKEW,
    /** Somebody else is cleaning up, or has begun to while this went on. */
    LEASE,
    /** The backend fails again and again. */
    FAILURES
  }

  /**
   * Why it was stopped.
   *
   * @param guard what stopped it
   * @param reason a sentence with the facts
   */
  public record Stop(Guard guard, String reason) {}

  /**
   * Something that could not be removed.
   *
   * @param name its key, or what the backend knows it by
   * @param kind simple name of the exception
   * @param message a sentence with the facts
   */
  public record Failure(String name, String kind, String message) {
    static Failure of(String name, StorageException reason) {
      return new Failure(
          name, reason.getClass().getSimpleName(), String.valueOf(reason.getMessage()));
    }
  }

  /** Keeps copies. */
  public CleanupReport {
    skipped = Collections.unmodifiableMap(new EnumMap<>(skipped));
    failures = List.copyOf(failures);
  }

  /** The same of a cleanup that came no further than its plan. */
  CleanupReport forReal() {
    return new CleanupReport(
        false,
        outcome,
        stopped,
        cleanup,
        now,
        backendTime,
        scanned,
        expired,
        planned,
        deleted,
        skipped,
        failed,
        failures,
        leftovers,
        leftoversDeleted,
        leftoversFailed,
        isConditional,
        requests,
        startedAt,
        duration);
  }

  /** How it ended, as the end of a sentence. */
  public String summary() {
    String counts =
        deleted.objects()
            + " of "
            + planned.objects()
            + " log samples were removed, "
            + failed.objects()
            + " could not be";
    return stopped
        .map(stop -> counts + ", and it was stopped: " + stop.reason())
        .orElse(
            counts + failures.stream().findFirst().map(first -> ": " + first.message()).orElse(""));
  }

  /** How many expired samples were left alone for this reason. */
  public Amount skipped(Skip reason) {
    return skipped.getOrDefault(reason, Amount.NONE);
  }
}
