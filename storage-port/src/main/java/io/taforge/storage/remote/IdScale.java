package io.taforge.storage.remote;

import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Where ids lie between the first and the last that there can be: the number that the first twelve
 * of their digits make.
 *
 * @param folder what comes before the id in a key
 */
record IdScale(String folder) {
  private static final String FORM = "xxxxxxxx-xxxx";
  private static final long END = 1L << 48;

  /** The place of a key; empty if it does not look like one with an id. */
  OptionalLong of(String key) {
    int start = folder.length();
    if (key.length() < start + FORM.length() || !key.startsWith(folder)) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < FORM.length(); i++) {
      char c = key.charAt(start + i);
      boolean isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (FORM.charAt(i) == '-' ? c != '-' : !isDigit) {
        return OptionalLong.empty();
      }
      number = c == '-' ? number : number << 4 | HexFormat.fromHexDigit(c);
    }
    return OptionalLong.of(number);
  }

  /** Whether there are ids at this place. */
  static boolean goesTo(long number) {
    return number < END;
  }

  /** The text behind which the keys at this place begin. */
  String text(long number) {
    String digits = HexFormat.of().toHexDigits(number, FORM.length() - 1);
    return folder + digits.substring(0, 8) + '-' + digits.substring(8);
  }
}
