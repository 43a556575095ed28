package io.taforge.links;

import io.taforge.storage.ByteRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Range} (RFC 9110, section 14.2), of which a single range is understood. */
final class RangeHeader {
  private static final Pattern FORM =
      Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))", Pattern.CASE_INSENSITIVE);

  /** The last no bytes, which is in no content. */
  private static final ByteRange NOWHERE = ByteRange.from(Long.MAX_VALUE);

  private RangeHeader() {}

  /** The range; empty if it is none that is understood, which is then as if nothing was said. */
  static Optional<ByteRange> parse(String header) {
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      return Optional.empty();
    }
    if (form.group(3) != null) {
      long length = Long.parseLong(form.group(3));
      return Optional.of(length == 0 ? NOWHERE : ByteRange.last(length));
    }
    long first = Long.parseLong(form.group(1));
    if (form.group(2) == null) {
      return Optional.of(ByteRange.from(first));
    }
    long last = Long.parseLong(form.group(2));
    return last < first ? Optional.empty() : Optional.of(ByteRange.of(first, last - first + 1));
  }
}
