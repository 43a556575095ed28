package io.taforge.artifact.retention;

import io.taforge.artifact.LogSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which log samples have been kept long enough. It can only be asked about samples: that TA
 * bundles and debug bundles never expire is in the types.
 */
public final class RetentionPolicy {
  private static final RetentionPolicy KEEP_EVERYTHING = new RetentionPolicy(Optional.empty(), 0);

  private final Optional<Duration> period;
  private final int newestKept;

  private RetentionPolicy(Optional<Duration> period, int newestKept) {
    this.period = period;
    this.newestKept = newestKept;
  }

  /** Nothing ever expires. */
  public static RetentionPolicy keepEverything() {
    return KEEP_EVERYTHING;
  }

  /**
   * Samples expire when they are older than this.
   *
   * @throws IllegalArgumentException if the period is not positive
   */
  public static RetentionPolicy samplesFor(Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          period + " is not a retention period: it must be positive");
    }
    return new RetentionPolicy(Optional.of(period), 0);
  }

  /**
   * The same, but the newest samples of each request are kept, however old they are.
   *
   * @param perRequest how many
   * @throws IllegalArgumentException if that is negative
   */
  public RetentionPolicy keepingNewest(int perRequest) {
    if (perRequest < 0) {
      throw new IllegalArgumentException(
          perRequest + " is no number of samples to keep: it must not be negative");
    }
    return new RetentionPolicy(period, perRequest);
  }

  /** How many samples of each request are kept, the newest, however old they are. */
  public int newestKept() {
    return newestKept;
  }

  /** How long samples are kept; empty means for ever. */
  public Optional<Duration> period() {
    return period;
  }

  /**
   * Whether the sample has been kept for longer than the period: {@code now - storedAt > period},
   * strictly, to the nanosecond. A sample from the future is not expired. Whether it is kept as one
   * of the newest is another question.
   */
  public boolean isExpired(LogSample sample, Instant storedAt, Instant now) {
    return period.map(kept -> Duration.between(storedAt, now).compareTo(kept) > 0).orElse(false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RetentionPolicy policy
        && policy.period.equals(period)
        && policy.newestKept == newestKept;
  }

  @Override
  public int hashCode() {
    return 31 * period.hashCode() + newestKept;
  }

  @Override
  public String toString() {
    return period
        .map(kept -> "log samples for " + kept + (newestKept == 0 ? "" : newest()))
        .orElse("everything for ever");
  }

  private String newest() {
    return ", and the newest " + newestKept + " of each request for ever";
  }
}
