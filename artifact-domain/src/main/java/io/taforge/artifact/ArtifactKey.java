package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * A storage key that every backend can hold as it is, so that no adapter escapes, trims or
 * normalises.
 *
 * <p>Segments are separated by {@code /}. None is empty, {@code .} or {@code ..}; none holds a
 * backslash, a control character, a character that Windows refuses ({@code <>:"|?*}), or ends with
 * a dot or a space; none is a Windows device name; all are in Unicode NFC. A segment has at most
 * 255 bytes in UTF-8, the key at most 1,024 (the limit of Amazon S3).
 *
 * <p>Keys are ordered by their UTF-8 bytes, as S3 lists them. That is the order of code points, and
 * not the order of {@link String#compareTo}.
 *
 * @param value the key's text
 */
public record ArtifactKey(String value) implements Comparable<ArtifactKey> {
  /** The most bytes a key has in UTF-8. */
  public static final int MAX_BYTES = 1024;

  /** The order of UTF-8 bytes for texts without lone surrogates, without encoding them. */
  public static final Comparator<String> UTF_8_ORDER = ArtifactKey::compareCodePoints;

  /**
   * Checks every rule above.
   *
   * @throws InvalidKeyException if the text breaks one
   */
  public ArtifactKey {
    if (value.isEmpty()) {
      throw new InvalidKeyException("A storage key must not be empty");
    }
    int end = -1;
    for (int from = 0; from <= value.length(); from = end + 1) {
      end = end(value, from);
      if (from == end) {
        throw new InvalidKeyException(
            quoted(value)
                + " is not a storage key: it must neither begin nor end with '/', nor hold '//'");
      }
      Segment.check(value, from, end, "segment of a storage key");
    }
    int bytes = value.length() * 3; // at the most
    if (bytes > MAX_BYTES) {
      bytes = value.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw new InvalidKeyException(
          quoted(value)
              + " is not a storage key: it has "
              + bytes
              + " bytes in UTF-8 and at most "
              + MAX_BYTES
              + " are allowed");
    }
  }

  /**
   * The key with this text.
   *
   * @throws InvalidKeyException if the text is no key
   */
  public static ArtifactKey of(String value) {
    return new ArtifactKey(value);
  }

  /** Where a segment ends. */
  private static int end(String value, int from) {
    int slash = value.indexOf('/', from);
    return slash < 0 ? value.length() : slash;
  }

  @Override
  public int compareTo(ArtifactKey other) {
    return UTF_8_ORDER.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        boolean beyondBasicPlane = Character.isSurrogate(l) != Character.isSurrogate(r);
        return beyondBasicPlane ? (Character.isSurrogate(l) ? 1 : -1) : Character.compare(l, r);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
