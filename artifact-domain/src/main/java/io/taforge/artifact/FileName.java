package io.taforge.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A file name that can be one segment of an {@link ArtifactKey}, on every backend and on any
 * developer's disk.
 *
 * @param value the name, without any folder; see {@link ArtifactKey} for what is allowed
 */
public record FileName(String value) {
  /**
   * Checks the rules of a key's segment.
   *
   * @throws InvalidKeyException if the text breaks one
   */
  public FileName {
    Segment.checked(value, "file name");
  }

  /**
   * The file name with this text.
   *
   * @throws InvalidKeyException if the text is no file name
   */
  public static FileName of(String value) {
    return new FileName(value);
  }

  /** Whether the name ends with the suffix; letters in any case. */
  public boolean hasSuffix(String suffix) {
    return value.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
  }

  /**
   * The value of a {@code Content-Disposition} header (RFC 6266) that makes a browser save the file
   * under this name instead of showing it: a plain ASCII name for old clients, and the exact one
   * encoded as RFC 8187 says.
   */
  public String attachment() {
    boolean isPlain = isOfAttributeCharacters();
    return "attachment; filename=\""
        + (isPlain ? value : ascii())
        + "\"; filename*=UTF-8''"
        + (isPlain ? value : encoded());
  }

  private boolean isOfAttributeCharacters() {
    for (int i = 0; i < value.length(); i++) {
      if (!isAttributeCharacter(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private String ascii() {
    StringBuilder plain = new StringBuilder();
    value
        .codePoints()
        .forEach(point -> plain.append(point >= ' ' && point <= '~' ? (char) point : '_'));
    return plain.toString();
  }

  private String encoded() {
    StringBuilder exact = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      exact.append(isAttributeCharacter(c) ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return exact.toString();
  }

  private static boolean isAttributeCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$&+-.^_`|~".indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
