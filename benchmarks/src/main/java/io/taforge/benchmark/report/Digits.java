package io.taforge.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Numbers with as many digits as mean something. */
public final class Digits {
  private Digits() {}

  static String of(JsonNode number) {
    return of(number, 1);
  }

  /** In units of this many; nothing if it is no number. */
  static String of(JsonNode number, double unit) {
    if (!number.isNumber()) {
      return "";
    }
    return of(number.asDouble() / unit);
  }

  /** Three of them, or a dash for what is no number. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
