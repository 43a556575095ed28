package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Encodes as RFC 3986, section 2.1, says: everything but its unreserved characters. */
final class PercentEncoding {
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(ISO_8859_1);
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

  private static String encoded(String text, boolean keepsSlashes) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i), keepsSlashes)) {
        return encoded(text.getBytes(UTF_8), keepsSlashes);
      }
    }
    return text;
  }

  private static String encoded(byte[] bytes, boolean keepsSlashes) {
    byte[] encoded = new byte[3 * bytes.length];
    int length = 0;
    for (byte each : bytes) {
      int value = each & 0xFF;
      if (isPlain(value, keepsSlashes)) {
        encoded[length++] = each;
      } else {
        encoded[length++] = '%';
        encoded[length++] = DIGITS[value >> 4];
        encoded[length++] = DIGITS[value & 0xF];
      }
    }
    return new String(encoded, 0, length, ISO_8859_1);
  }

  private static boolean isPlain(int c, boolean keepsSlashes) {
    return c < PLAIN.length && (PLAIN[c] || (keepsSlashes && c == '/'));
  }
}
