package io.taforge.storage.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Stop a cleanup that would remove more than anybody can have meant, before it removes anything.
 *
 * @param mostDeletions how many log samples it may remove
 * @param largestShare which share of all log samples it may remove, from 0 to 1
 * @param mostSkew by how much this machine's clock and the backend's may differ
 */
public record CleanupGuards(long mostDeletions, double largestShare, Duration mostSkew) {
  /** Any number, half of all log samples, five minutes. */
  public static final CleanupGuards DEFAULT =
      new CleanupGuards(Long.MAX_VALUE, 0.5, Duration.ofMinutes(5));

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public CleanupGuards {
    if (mostDeletions < 0) {
      throw new IllegalArgumentException(
          mostDeletions + " is not a number of deletions: it must not be negative");
    }
    if (!(largestShare >= 0 && largestShare <= 1)) {
      throw new IllegalArgumentException(
          largestShare + " is not a share of the log samples: it must be from 0 to 1");
    }
    if (mostSkew.isNegative()) {
      throw new IllegalArgumentException(
          mostSkew + " is no difference between clocks: it must not be negative");
    }
  }

  /** The same with another number. */
  public CleanupGuards withMostDeletions(long number) {
    return new CleanupGuards(number, largestShare, mostSkew);
  }

  /** The same with another share. */
  public CleanupGuards withLargestShare(double share) {
    return new CleanupGuards(mostDeletions, share, mostSkew);
  }

  /** The same with another difference between clocks. */
  public CleanupGuards withMostSkew(Duration skew) {
    return new CleanupGuards(mostDeletions, largestShare, skew);
  }

  /** What stops a plan with these totals. */
  Optional<CleanupReport.Stop> check(CleanupPlan.Totals totals) {
    long planned = totals.planned().objects();
    if (planned > mostDeletions) {
      return Optional.of(
          new CleanupReport.Stop(
              CleanupReport.Guard.MOST_DELETIONS,
              planned + " log samples would be removed, and at most " + mostDeletions + " may be"));
    }
    long scanned = totals.scanned().objects();
    if (planned > largestShare * scanned) {
      return Optional.of(
          new CleanupReport.Stop(
              CleanupReport.Guard.LARGEST_SHARE,
              planned
                  + " of "
                  + scanned
                  + " log samples would be removed, and at most "
                  + percent()
                  + " of them may be"));
    }
    return Optional.empty();
  }

  private String percent() {
    return BigDecimal.valueOf(largestShare * 100).stripTrailingZeros().toPlainString() + " %";
  }
}
