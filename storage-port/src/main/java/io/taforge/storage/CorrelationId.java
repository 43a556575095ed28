package io.taforge.storage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What belongs together, in a form that any header and any log can take: letters, digits and {@code
 * -._~}, and everything else as the percent signs and digits of its UTF-8. Its product in a {@code
 * User-Agent} is {@link #inUserAgent}, because that header is what Amazon S3, Ceph and other
 * servers write into their logs, and no signature covers it.
 *
 * @param token 1 to 256 characters of that form
 */
public record CorrelationId(String token) {
  /** What comes before the token in a {@code User-Agent}, with a slash between them. */
  public static final String PRODUCT = "taforge-correlation-id";

  private static final int MOST_CHARACTERS = 256;
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it has another
   */
  public CorrelationId {
    if (token.length() > MOST_CHARACTERS || !FORM.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "A correlation id has 1 to "
              + MOST_CHARACTERS
              + " letters, digits and -._~, with everything else percent-encoded");
    }
  }

  /**
   * Makes one of any text. What would be longer is cut, and not within a character.
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public static CorrelationId of(String text) {
    StringBuilder token = new StringBuilder();
    for (int point : text.codePoints().toArray()) {
      String next = encoded(Character.toString(point));
      if (token.length() + next.length() > MOST_CHARACTERS) {
        break;
      }
      token.append(next);
    }
    return new CorrelationId(token.toString());
  }

  /** As it is in a {@code User-Agent}: {@code taforge-correlation-id/5b0c…}. */
  public String inUserAgent() {
    return PRODUCT + "/" + token;
  }

  private static String encoded(String character) {
    if (FORM.matcher(character).matches()) {
      return character;
    }
    StringBuilder bytes = new StringBuilder();
    for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
      HEX.toHexDigits(bytes.append('%'), each);
    }
    return bytes.toString();
  }

  @Override
  public String toString() {
    return token;
  }
}
