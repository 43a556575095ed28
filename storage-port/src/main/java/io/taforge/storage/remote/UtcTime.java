package io.taforge.storage.remote;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Reads times such as {@code 2026-11-28T10:11:12.000Z}, which a listing has one of for each key,
 * without what a formatter does for each.
 */
final class UtcTime {
  private static final String FORM = "0000-00-00T00:00:00.000Z";

  private UtcTime() {}

  /**
   * A time in the form of ISO 8601.
   *
   * @throws DateTimeException if it is none
   */
  static Instant parse(String text) {
    if (!hasForm(text)) {
      return OffsetDateTime.parse(text).toInstant();
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("There is no such time of the day");
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    return Instant.ofEpochSecond(
        day.toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second,
        number(text, 20, 23) * 1_000_000L);
  }

  private static boolean hasForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
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
