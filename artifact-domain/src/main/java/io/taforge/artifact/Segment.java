package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The rules for one name between two slashes: what S3, every file system and Windows can all hold.
 *
 * <p>The characters and device names that Windows refuses are from Microsoft's "Naming Files,
 * Paths, and Namespaces"; the 255 bytes are {@code NAME_MAX} of Linux; what XML 1.0 cannot carry
 * could not be listed by S3.
 */
final class Segment {
  static final int MAX_BYTES = 255;

  private static final String FORBIDDEN = "<>:\"|?*\\/";
  private static final boolean[] PLAIN = plain();
  private static final Pattern DEVICE =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** How those names begin, which few others do. */
  private static final String[] DEVICES = {"CON", "PRN", "AUX", "NUL", "COM", "LPT"};

  private Segment() {}

  /** Refuses a part of a text; see {@link #checked(String, String)}. */
  static void check(String text, int from, int to, String what) {
    if (!isPlain(text, from, to)) {
      checked(text.substring(from, to), what);
    }
  }

  /** Whether it is one at first sight, as most are: printable ASCII, and no name of a device. */
  private static boolean isPlain(String text, int from, int to) {
    if (from == to || to - from > MAX_BYTES) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        return false;
      }
    }
    char last = text.charAt(to - 1);
    return last != '.' && last != ' ' && !isLikeDevice(text, from);
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean['~' + 1];
    for (char c = ' '; c <= '~'; c++) {
      plain[c] = FORBIDDEN.indexOf(c) < 0;
    }
    return plain;
  }

  private static boolean isLikeDevice(String text, int from) {
    if ("CPANLcpanl".indexOf(text.charAt(from)) < 0) {
      return false;
    }
    for (String each : DEVICES) {
      if (text.regionMatches(true, from, each, 0, each.length())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the segment, or says what is wrong with it; {@code what} names it, e.g. "file name".
   */
  static String checked(String segment, String what) {
    if (isPlain(segment, 0, segment.length())) {
      return segment;
    }
    if (segment.isEmpty()) {
      throw new InvalidKeyException("A " + what + " must not be empty");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw refusal(what, segment, "'.' and '..' are no names");
    }
    segment.codePoints().forEach(point -> checkCharacter(segment, what, point));
    if (!Normalizer.isNormalized(segment, Normalizer.Form.NFC)) {
      throw refusal(what, segment, "it must be in Unicode normalization form C (NFC)");
    }
    if (segment.endsWith(".") || segment.endsWith(" ")) {
      throw refusal(what, segment, "it must not end with a dot or a space");
    }
    if (DEVICE.matcher(segment).matches()) {
      throw refusal(what, segment, "it is the name of a device on Windows");
    }
    int bytes = segment.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refusal(
          what,
          segment,
          "it has " + bytes + " bytes in UTF-8 and at most " + MAX_BYTES + " are allowed");
    }
    return segment;
  }

  /**
   * Refuses a character that no segment may hold, control characters and lone surrogates included.
   */
  static void checkCharacter(String text, String what, int point) {
    if (isUnstorable(point)) {
      throw refusal(
          what,
          text,
          String.format("it holds the character U+%04X, which not every backend can store", point));
    }
    if (FORBIDDEN.indexOf(point) >= 0) {
      throw refusal(
          what,
          text,
          "it holds '" + Character.toString(point) + "'; none of " + FORBIDDEN + " is allowed");
    }
  }

  private static boolean isUnstorable(int point) {
    boolean isNonCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    return isNonCharacter
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
              true;
          default -> false;
        };
  }

  private static InvalidKeyException refusal(String what, String text, String why) {
    return new InvalidKeyException(quoted(text) + " is not a " + what + ": " + why);
  }
}
