package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.regex.Pattern;

/**
 * The version of a TA bundle within its request: 1, 2, 3 …
 *
 * @param number the version, at least 1
 */
public record BundleVersion(int number) implements Comparable<BundleVersion> {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,9}");

  /**
   * Checks that the number is positive.
   *
   * @throws InvalidKeyException if it is not
   */
  public BundleVersion {
    if (number < 1) {
      throw new InvalidKeyException(number + " is not a bundle version: it must be 1 or more");
    }
  }

  /**
   * The version with this number.
   *
   * @throws InvalidKeyException if the number is not positive
   */
  public static BundleVersion of(int number) {
    return new BundleVersion(number);
  }

  /**
   * Reads decimal digits without sign or leading zero.
   *
   * @throws InvalidKeyException if the text is something else or beyond {@link Integer#MAX_VALUE}
   */
  public static BundleVersion parse(String text) {
    if (!FORM.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw new InvalidKeyException(
          quoted(text)
              + " is not a bundle version: it must be a whole number from 1 to "
              + Integer.MAX_VALUE);
    }
    return new BundleVersion(Integer.parseInt(text));
  }

  @Override
  public int compareTo(BundleVersion other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
