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
    return encoded(text, false);
  }

  /** The path of a key, whose slashes stay. */
  static String path(String key) {
    return encoded(key, true);
  }

  /** Appends a text, encoded. */
  static void append(StringBuilder target, String text) {
    append(target, text, 0, false);
  }

  private static String encoded(String text, boolean keepsSlashes) {
    int special = special(text, 0, keepsSlashes);
    return special == text.length()
        ? text
        : append(new StringBuilder(text.length() + 16), text, special, keepsSlashes).toString();
  }

  /** Where the next character is that does not stay as it is. */
  private static int special(String text, int from, boolean keepsSlashes) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = c < PLAIN.length && (PLAIN[c] || (keepsSlashes && c == '/'));
      if (!isPlain) {
        return i;
      }
    }
    return text.length();
  }

  private static StringBuilder append(
      StringBuilder target, String text, int firstSpecial, boolean keepsSlashes) {
    int from = 0;
    int special = special(text, firstSpecial, keepsSlashes);
    while (special < text.length()) {
      target.append(text, from, special);
      int point = text.codePointAt(special);
      from = special + Character.charCount(point);
      if (point < 0x80) {
        append(target, point);
      } else {
        for (byte each : text.substring(special, from).getBytes(UTF_8)) {
          append(target, each);
        }
      }
      special = special(text, from, keepsSlashes);
    }
    return target.append(text, from, text.length());
  }

  private static void append(StringBuilder target, int value) {
    target.append('%').append(DIGITS.charAt((value >> 4) & 0xF)).append(DIGITS.charAt(value & 0xF));
  }
}
