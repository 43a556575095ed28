package io.taforge.benchmark.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many keys of log samples in order, each of a request of its own, that nobody has to keep: the
 * requests' ids are spread evenly over all that begin alike.
 *
 * @param count how many, up to 2^31
 */
record GeneratedKeys(int count) {
  private static final Pattern BUCKET = Pattern.compile("keys-([0-9]{1,9})");

  /** What this bucket has; empty if it keeps what is put there. */
  static Optional<GeneratedKeys> in(String bucket) {
    Matcher matcher = BUCKET.matcher(bucket);
    return matcher.matches()
        ? Optional.of(new GeneratedKeys(Integer.parseInt(matcher.group(1))))
        : Optional.empty();
  }

  /** The key of this number, from 0 on. */
  String key(int number) {
    String first = Long.toHexString((((long) number << 32) / count) | (1L << 32)).substring(1);
    String last = Long.toHexString(number | (1L << 48)).substring(1);
    return "samples/" + first + "-0000-4000-8000-" + last + "/access.log";
  }

  /** The number of the first key that is not before this text. */
  int from(String text) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key(middle).compareTo(text) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
