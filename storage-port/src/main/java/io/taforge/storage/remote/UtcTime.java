package io.taforge.storage.remote;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Reads times such as {@code 2026-11-28T10:11:12.000Z}, which a listing has one of for each key, or
 * those of HTTP's headers, without what a formatter does for each.
 */
public final class UtcTime {
  private static final String FORM = "0000-00-00T00:00:00.000Z";
  private static final String HTTP_FORM = "___, 00 ___ 0000 00:00:00 GMT";
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private UtcTime() {}

  /**
   * A time in the form of ISO 8601.
   *
   * @throws DateTimeException if it is none
   */
  static Instant parse(String text) {
    if (!hasForm(text, FORM)) {
      return OffsetDateTime.parse(text).toInstant();
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    return Instant.ofEpochSecond(seconds(day, text, 11), number(text, 20, 23) * 1_000_000L);
  }

  /**
   * A time as headers have it (RFC 9110, section 5.6.7).
   *
   * @return empty if it is not in the one form that senders must use
   * @throws DateTimeException if it is in that form, but there is no such time
   */
  public static Optional<Instant> ofHttp(String text) {
    if (!hasForm(text, HTTP_FORM)) {
      return Optional.empty();
    }
    int month = 1 + MONTHS.indexOf(text.substring(8, 11)); // 0 is none
    LocalDate day = LocalDate.of(number(text, 12, 16), month, number(text, 5, 7));
    return Optional.of(Instant.ofEpochSecond(seconds(day, text, 17)));
  }

  /** With the time of the day that begins there in the text. */
  private static long seconds(LocalDate day, String text, int start) {
    int hour = number(text, start, start + 2);
    int minute = number(text, start + 3, start + 5);
    int second = number(text, start + 6, start + 8);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("There is no such time of the day");
    }
    return day.toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
  }

  /** Where the form has a 0, any digit may stand, and where it has a line, anything. */
  private static boolean hasForm(String text, String form) {
    if (text.length() != form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char expected = form.charAt(i);
      char c = text.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected && expected != '_') {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
