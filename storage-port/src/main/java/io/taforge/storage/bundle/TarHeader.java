package io.taforge.storage.bundle;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A header block of a tar archive, in the format of POSIX (ustar) or of GNU tar. The older one is
 * not read: it has no mark that tells it from anything else.
 *
 * @param name as it stands in the header
 * @param type the type flag
 * @param size how many bytes of content follow
 * @param link where a link leads
 */
record TarHeader(String name, char type, long size, String link) {
  /** How large a block is. */
  static final int BLOCK = 512;

  private static final int CHECKSUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final String POSIX = "ustar\00000";
  private static final String GNU = "ustar  \0";
  private static final Pattern OCTAL = Pattern.compile(" *[0-7]+[ \0]*");
  private static final Pattern OCTAL_OR_NOTHING = Pattern.compile(" *[0-7]*[ \0]*");

  /** Mode, owner, group and device, of 8 bytes each: of no use here, but numbers. */
  private static final int[] OTHERS_AT = {100, 108, 116, 329, 337};

  private static final int TIME_AT = 136;

  static TarHeader parse(byte[] block) throws Refusal {
    String magic = new String(block, 257, 8, StandardCharsets.ISO_8859_1);
    if (!magic.equals(POSIX) && !magic.equals(GNU)) {
      throw new Refusal("it is not a tar archive of a kind that is known");
    }
    if (number(block, CHECKSUM_AT, 8) != checksum(block)) {
      throw new Refusal("it is a damaged tar archive: the checksum of a header is wrong");
    }
    for (int from : OTHERS_AT) {
      requireNumber(block, from, 8);
    }
    requireNumber(block, TIME_AT, 12);
    String prefix = magic.equals(POSIX) ? text(block, 345, 155) : "";
    String name = text(block, 0, 100);
    char type = (char) (block[TYPE_AT] & 0xFF);
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        type == 0 ? '0' : type,
        number(block, 124, 12),
        text(block, 157, 100));
  }

  /** The sum of all bytes, where those of the checksum itself count as spaces. */
  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM_AT && i < TYPE_AT ? ' ' : block[i] & 0xFF;
    }
    return sum;
  }

  /** Up to the first NUL, behind which there is nothing else. */
  private static String text(byte[] block, int from, int length) throws Refusal {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    for (int i = end; i < from + length; i++) {
      if (block[i] != 0) {
        throw new Refusal("it is a damaged tar archive: something follows the end of a name");
      }
    }
    return Utf8.text(block, from, end);
  }

  /** Octal digits, or, as GNU tar writes large ones, the bytes of the number itself. */
  private static long number(byte[] block, int from, int length) throws Refusal {
    if ((block[from] & 0xFF) == 0x80) {
      return binary(block, from + 1, length - 1);
    }
    String digits = new String(block, from, length, StandardCharsets.ISO_8859_1);
    if (!OCTAL.matcher(digits).matches()) {
      throw new Refusal("it is a damaged tar archive: a size in it is not a number");
    }
    return Long.parseLong(digits.replaceAll("[ \0]", ""), 8);
  }

  /** Or nothing, or less than nothing, which the sizes must not be. */
  private static void requireNumber(byte[] block, int from, int length) throws Refusal {
    int first = block[from] & 0xFF;
    if (first == 0x80) {
      binary(block, from + 1, length - 1);
      return;
    }
    boolean isNumber =
        first == 0xFF
            ? length <= Long.BYTES || block[from + length - Long.BYTES - 1] == -1
            : OCTAL_OR_NOTHING
                .matcher(new String(block, from, length, StandardCharsets.ISO_8859_1))
                .matches();
    if (!isNumber) {
      throw new Refusal("it is a damaged tar archive: a header has no number where one must be");
    }
  }

  private static long binary(byte[] block, int from, int length) throws Refusal {
    long number = 0;
    for (int i = from; i < from + length; i++) {
      if (number > Long.MAX_VALUE >> 9) {
        throw new Refusal("it is a damaged tar archive: a size in it is not a number");
      }
      number = number << 8 | (block[i] & 0xFF);
    }
    return number;
  }
}
