package io.taforge.storage.client;

import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a scrub has found. Each artifact that was {@code scanned} is counted in one of {@code
 * verified}, {@code unverifiable}, {@code damaged}, {@code gone}, {@code failed}, {@code
 * notSampled} and {@code notReached}, with the size that the listing told.
 *
 * @param scrub what was asked for, with the seed of the sample
 * @param scanned all that was listed
 * @param verified what was read to its end and is what was stored, by its SHA-256
 * @param unverifiable what was read to its end, and has no SHA-256 to compare with, because another
 *     program has stored it
 * @param damaged what is not what was stored
 * @param gone what was removed before it was read
 * @param failed what could not be read for another reason, such as a server that does not answer
 * @param notSampled what is not in the sample
 * @param notReached what was not read, or not to its end, when the time was over
 * @param findings the first {@value #MOST_FINDINGS} of what is damaged, unverifiable or has failed,
 *     and each kind that could not be listed to its end; unmodifiable
 * @param isComplete whether all of the sample was read: listed to the end, within the time, and
 *     without a failure
 * @param startedAt when it began
 * @param duration how long it took
 */
public record ScrubReport(
    Scrub scrub,
    Amount scanned,
    Amount verified,
    Amount unverifiable,
    Amount damaged,
    Amount gone,
    Amount failed,
    Amount notSampled,
    Amount notReached,
    List<Finding> findings,
    boolean isComplete,
    Instant startedAt,
    Duration duration) {
  /** Of more findings than this only the number is told. */
  public static final int MOST_FINDINGS = 10_000;

  /** What was found of an artifact. */
  public enum Verdict {
    /** It is what was stored. */
    VERIFIED,
    /** There is nothing to compare it with. */
    UNVERIFIABLE,
    /** It is not what was stored. */
    DAMAGED,
    /** It is not there any more. */
    GONE,
    /** It could not be read. */
    FAILED,
    /** It is not in the sample. */
    NOT_SAMPLED,
    /** The time was over. */
    NOT_REACHED
  }

  /**
   * Something that is not as it should be.
   *
   * @param verdict {@link Verdict#DAMAGED}, {@link Verdict#UNVERIFIABLE} or {@link Verdict#FAILED}
   * @param name its key, or what all keys of a kind begin with if they could not be listed
   * @param message a sentence with the facts
   */
  public record Finding(Verdict verdict, String name, String message) {}

  /** Keeps a copy. */
  public ScrubReport {
    findings = List.copyOf(findings);
  }

  /** Whether something is damaged. */
  public boolean isDamaged() {
    return damaged.objects() > 0;
  }

  /** Whether something that should have been read could not be, or not be listed. */
  public boolean isFailed() {
    return findings.stream().anyMatch(each -> each.verdict() == Verdict.FAILED)
        || failed.objects() > 0;
  }
}
