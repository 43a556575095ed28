package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Encodes as RFC 3986, section 2.1, says: everything but its unreserved characters. */
final class PercentEncoding {
  private static final String DIGITS = "0123456789ABCDEF";
  private static final boolean[] PLAIN = new boolean['~' + 1];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
    }
  }

  private PercentEncoding() {}

  /** A text, encoded. */
  static String encoded(String text) {
    return isPlain(text) ? text : append(new StringBuilder(), text, false).toString();
  }

  /** The path of a key, whose slashes stay. */
  static String path(String key) {
    return append(new StringBuilder(key.length() + 16), key, true).toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= PLAIN.length || !PLAIN[text.charAt(i)]) {
        return false;
      }
    }
    return true;
  }

  private static StringBuilder append(StringBuilder target, String text, boolean keepsSlashes) {
    for (byte each : text.getBytes(UTF_8)) {
      if (each >= 0 && each < PLAIN.length && (PLAIN[each] || (keepsSlashes && each == '/'))) {
        target.append((char) each);
      } else {
        target
            .append('%')
            .append(DIGITS.charAt((each >> 4) & 0xF))
            .append(DIGITS.charAt(each & 0xF));
      }
    }
    return target;
  }
}
