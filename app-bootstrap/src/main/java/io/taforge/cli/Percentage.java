package io.taforge.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share, as an argument says it.
 *
 * @param number percent
 */
record Percentage(double number) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)%?");

  static Percentage parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a share: it must read like 10%");
    }
    return new Percentage(Double.parseDouble(form.group(1)));
  }
}
