package io.taforge.audit;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a trail begins whose oldest days have gone with their time.
 *
 * @param lastDay the last day that has gone; while a process that died was removing it, it is there
 * @param hash what the first line after it is chained to
 */
record AuditBeginning(LocalDate lastDay, String hash) {
  /** Of a trail that is all there. */
  static final AuditBeginning OF_ALL = new AuditBeginning(LocalDate.MIN, AuditLine.BEGINNING);

  private static final Pattern FORM = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) ([0-9a-f]{64})");

  /** Reads it; empty if the text is something else. */
  static Optional<AuditBeginning> parse(String text) {
    Matcher form = FORM.matcher(text);
    try {
      return form.matches()
          ? Optional.of(new AuditBeginning(LocalDate.parse(form.group(1)), form.group(2)))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** As it is in the file, without its end. */
  String text() {
    return lastDay + " " + hash;
  }
}
