package io.taforge.storage;

import static io.taforge.artifact.Quoted.quoted;

import java.time.Duration;

/**
 * Who wants a lease, and for how long; checked, for adapters.
 *
 * @param holder who wants it, in one line of text of up to 150 characters
 * @param period how long it lasts from its last renewal, at most a day
 */
public record LeaseTerms(String holder, Duration period) {
  private static final int MOST_CHARACTERS = 150;
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public LeaseTerms {
    boolean isLine =
        !holder.isBlank()
            && holder.length() <= MOST_CHARACTERS
            && holder.codePoints().noneMatch(LeaseTerms::isForbidden);
    if (!isLine) {
      throw new IllegalArgumentException(
          quoted(holder)
              + " is not a holder of a lease: one line of 1 to "
              + MOST_CHARACTERS
              + " characters is allowed");
    }
    if (period.isNegative() || period.isZero() || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          period + " is not a period of a lease: more than nothing and up to a day is allowed");
    }
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
  }
}
