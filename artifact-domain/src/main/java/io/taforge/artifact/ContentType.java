package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.regex.Pattern;

/**
 * The media type of some content, such as {@code text/plain; charset=utf-8} (RFC 9110, section
 * 8.3).
 *
 * @param value type, subtype and parameters, in ASCII, at most 255 characters
 */
public record ContentType(String value) {
  private static final int MAX_LENGTH = 255;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern FORM =
      Pattern.compile(
          TOKEN + "/" + TOKEN + "( ?; ?" + TOKEN + "=(" + TOKEN + "|\"[ !#-\\[\\]-~]*\"))*");

  /** Content of which nothing is known. */
  public static final ContentType BINARY = new ContentType("application/octet-stream");

  /** A gzip-compressed file, such as a TA bundle. */
  public static final ContentType GZIP = new ContentType("application/gzip");

  /** A zip archive, such as a debug bundle. */
  public static final ContentType ZIP = new ContentType("application/zip");

  /** Text, such as most log samples. */
  public static final ContentType TEXT = new ContentType("text/plain");

  /**
   * Checks the form.
   *
   * @throws InvalidMetadataException if the text is no media type
   */
  public ContentType {
    if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new InvalidMetadataException(
          quoted(value)
              + " is not a content type: it must read type/subtype, such as text/plain, in at most "
              + MAX_LENGTH
              + " characters");
    }
  }

  /**
   * The content type with this text.
   *
   * @throws InvalidMetadataException if the text is no media type
   */
  public static ContentType of(String value) {
    return new ContentType(value);
  }

  /** What a file of this name usually holds; {@link #BINARY} if the name does not tell. */
  public static ContentType forName(FileName name) {
    if (name.hasSuffix(".tgz") || name.hasSuffix(".gz") || name.hasSuffix(".spl")) {
      return GZIP;
    }
    if (name.hasSuffix(".zip")) {
      return ZIP;
    }
    boolean isText = name.hasSuffix(".log") || name.hasSuffix(".txt");
    if (isText) {
      return TEXT;
    }
    return name.hasSuffix(".json")
        ? new ContentType("application/json")
        : name.hasSuffix(".csv") ? new ContentType("text/csv") : BINARY;
  }

  @Override
  public String toString() {
    return value;
  }
}
