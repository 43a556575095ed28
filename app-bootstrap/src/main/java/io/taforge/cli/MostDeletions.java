package io.taforge.cli;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.storage.client.CleanupGuards;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of log samples, or a share of all in percent, that a cleanup may not exceed. */
final class MostDeletions {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})|(\\d{1,3}(?:\\.\\d{1,9})?)%");

  private final UnaryOperator<CleanupGuards> change;

  private MostDeletions(UnaryOperator<CleanupGuards> change) {
    this.change = change;
  }

  /**
   * Reads such as {@code 1000} or {@code 12.5%}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static MostDeletions parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches() && form.group(1) != null) {
      long number = Long.parseLong(text);
      return new MostDeletions(guards -> guards.withMostDeletions(number));
    }
    if (form.matches()) {
      double share = new BigDecimal(form.group(2)).movePointLeft(2).doubleValue();
      if (share <= 1) {
        return new MostDeletions(guards -> guards.withLargestShare(share));
      }
    }
    throw new IllegalArgumentException(
        quoted(text) + " is neither a number such as 1000 nor a share from 0% to 100%");
  }

  CleanupGuards applied(CleanupGuards guards) {
    return change.apply(guards);
  }
}
