package io.taforge.storage.remote;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.storage.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of how many a server sends (RFC 9110, section 14).
 *
 * @param slice the bytes
 * @param size how many bytes the whole has
 */
public record ContentRange(ByteRange.Slice slice, long size) {
  private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  /**
   * Reads an answer.
   *
   * @param header the header {@code Content-Range}; null if there is none, as with the whole
   * @param length how many bytes come
   * @throws IllegalArgumentException if the header has another form
   */
  public static ContentRange of(@Nullable String header, long length) {
    if (header == null) {
      return new ContentRange(new ByteRange.Slice(0, length), length);
    }
    Matcher matcher = FORM.matcher(header);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(quoted(header) + " is not a content range");
    }
    long first = Long.parseLong(matcher.group(1));
    return new ContentRange(new ByteRange.Slice(first, length), Long.parseLong(matcher.group(2)));
  }

  /** Some servers do not cut a range where the content ends; but no object of S3 has 5 TiB. */
  private static boolean isBeyondAll(long last) {
    return last < 0 || last >= 5L << 40;
  }

  /** How a range, which must not be of zero length, is asked for. */
  public static String header(ByteRange range) {
    if (range instanceof ByteRange.Slice slice) {
      long last = slice.offset() + slice.length() - 1;
      return "bytes=" + slice.offset() + "-" + (isBeyondAll(last) ? "" : last);
    }
    if (range instanceof ByteRange.From from) {
      return "bytes=" + from.offset() + "-";
    }
    return "bytes=-" + ((ByteRange.Last) range).length();
  }
}
