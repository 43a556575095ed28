package io.taforge.adapter.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server says the time is. It says the same for a second, so the last answer is kept.
 *
 * @param text as it is said
 * @param instant what it means; empty if it is no time
 */
record HttpDate(String text, Optional<Instant> instant) {
  private static volatile @Nullable HttpDate last;

  /** What a text means; empty if it is no time. */
  static Optional<Instant> parse(String text) {
    HttpDate said = last;
    if (said == null || !said.text().equals(text)) {
      said = new HttpDate(text, read(text));
      last = said;
    }
    return said.instant();
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
