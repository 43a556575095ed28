package io.taforge.benchmark.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as HTTP writes it, written once a second. */
final class HttpDates {
  /** RFC 9110, section 5.6.7: the day has two digits; RFC_1123_DATE_TIME writes one of them. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private static volatile Written last = new Written(-1, "");

  private HttpDates() {}

  static String now() {
    long second = System.currentTimeMillis() / 1000;
    Written written = last;
    if (written.second() != second) {
      written = new Written(second, text(Instant.ofEpochSecond(second)));
      last = written;
    }
    return written.text();
  }

  private static String text(Instant time) {
    return DATE.format(time.atOffset(ZoneOffset.UTC));
  }

  private record Written(long second, String text) {}
}
