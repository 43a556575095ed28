package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a caller wants to be remembered beside an artifact's content; the same on every backend.
 *
 * <p>Keys are ASCII tokens (RFC 9110, section 5.6.2) and always lower-case: {@link #of} makes them
 * so. Values are Unicode texts without control characters. Keys that begin with {@code taforge-}
 * are taforge's own; of these, callers set {@link #HOLD} alone.
 *
 * <p>S3 allows 2 KB of user-defined metadata. 128 bytes of that are taforge's, so {@value
 * #MAX_BYTES} remain. They are counted as the narrowest wire carries them, an HTTP header. In keys
 * a letter, a digit and {@code -} are 1 byte and anything else is 3, because there are servers that
 * take {@code _} in a header's name for {@code -}. In values an ASCII character is 1 byte; each
 * UTF-8 byte of any other character, a {@code %}, and a space at either end or behind another space
 * are 3. A key alone has at most {@value #MAX_KEY_BYTES} bytes, because Ceph keeps no longer ones.
 *
 * <p>S3 also allows no more than 8 KB of headers in all. A signed request names each key twice,
 * with 27 more characters, so there are at most {@value #MAX_ENTRIES} entries.
 *
 * @param entries the entries, in the order of their keys; unmodifiable
 */
public record Metadata(SortedMap<String, String> entries) {
  /** The most bytes that keys and values have together. */
  public static final int MAX_BYTES = 2048 - 128;

  /** The most bytes that a key has. */
  public static final int MAX_KEY_BYTES = 64;

  /** The most entries. */
  public static final int MAX_ENTRIES = 50;

  /** What the keys begin with that callers cannot set. */
  public static final String RESERVED_PREFIX = "taforge-";

  /**
   * Has retention leave an artifact alone, however old; its value is {@code true} or {@code false}.
   */
  public static final String HOLD = RESERVED_PREFIX + "hold";

  private static final Pattern KEY = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
  private static final Metadata NONE = new Metadata(new TreeMap<>());

  /**
   * Checks every rule above and keeps a copy.
   *
   * @throws InvalidMetadataException if an entry breaks a rule, or all together are too large
   */
  public Metadata {
    int bytes = 0;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      checkKey(entry.getKey());
      checkValue(entry.getKey(), entry.getValue());
      bytes += keyLength(entry.getKey()) + valueLength(entry.getValue());
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidMetadataException(
          "The metadata has "
              + entries.size()
              + " entries and at most "
              + MAX_ENTRIES
              + " are allowed");
    }
    if (bytes > MAX_BYTES) {
      throw new InvalidMetadataException(
          "The metadata has " + bytes + " bytes and at most " + MAX_BYTES + " are allowed");
    }
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** No metadata. */
  public static Metadata none() {
    return NONE;
  }

  /** One entry; see {@link #of(Map)}. */
  public static Metadata of(String key, String value) {
    return of(Map.of(key, value));
  }

  /**
   * These entries, with their keys in lower case.
   *
   * @throws InvalidMetadataException if an entry breaks a rule, two keys differ in case only, or
   *     all together are too large
   */
  public static Metadata of(Map<String, String> entries) {
    SortedMap<String, String> lowered = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          if (lowered.put(key.toLowerCase(Locale.ROOT), value) != null) {
            throw new InvalidMetadataException(
                "The metadata key " + quoted(key) + " is there twice; case does not count");
          }
        });
    return new Metadata(lowered);
  }

  /** The value of a key, given in any case. */
  public Optional<String> value(String key) {
    return Optional.ofNullable(entries.get(key.toLowerCase(Locale.ROOT)));
  }

  /** Whether {@link #HOLD} is {@code true}. */
  public boolean isHold() {
    return "true".equals(entries.get(HOLD));
  }

  /** Whether there is no entry. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  private static void checkKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new InvalidMetadataException(
          quoted(key)
              + " is not a metadata key: only ASCII letters, digits and !#$%&'*+-.^_`|~ are"
              + " allowed");
    }
    if (keyLength(key) > MAX_KEY_BYTES) {
      throw new InvalidMetadataException(
          quoted(key)
              + " is not a metadata key: it has "
              + keyLength(key)
              + " bytes and at most "
              + MAX_KEY_BYTES
              + " are allowed, where anything but a letter, a digit and - counts as 3");
    }
    if (key.startsWith(RESERVED_PREFIX) && !key.equals(HOLD)) {
      throw new InvalidMetadataException(
          "The metadata key "
              + quoted(key)
              + " is not free: keys beginning with "
              + RESERVED_PREFIX
              + " are taforge's own");
    }
  }

  private static void checkValue(String key, String value) {
    if (key.equals(HOLD) && !value.equals("true") && !value.equals("false")) {
      throw new InvalidMetadataException(
          quoted(value) + " is not a value of metadata key " + HOLD + ": it must be true or false");
    }
    value
        .codePoints()
        .filter(Metadata::isForbidden)
        .findFirst()
        .ifPresent(
            point -> {
              throw new InvalidMetadataException(
                  String.format(
                      "The value of metadata key %s holds the character U+%04X; control characters"
                          + " are not allowed",
                      quoted(key), point));
            });
  }

  private static boolean isForbidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> (point & 0xFFFE) == 0xFFFE;
    };
  }

  private static int keyLength(String key) {
    int length = 0;
    for (int i = 0; i < key.length(); i++) {
      char each = key.charAt(i);
      boolean isPlain = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
      length += isPlain ? 1 : 3;
    }
    return length;
  }

  private static int valueLength(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean isFragileSpace =
          bytes[i] == ' ' && (i == 0 || i == bytes.length - 1 || bytes[i - 1] == ' ');
      length += bytes[i] < ' ' || bytes[i] == '%' || isFragileSpace ? 3 : 1;
    }
    return length;
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
