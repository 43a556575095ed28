package io.taforge.benchmark;

import io.taforge.benchmark.report.Digits;

/**
 * How the speed of a workload is told.
 *
 * @param unit such as {@code MB/s}
 * @param amount how many of these one operation is worth
 * @param isTime whether the time for one of them is told, in microseconds, and not how many there
 *     are in a second
 */
record Quantity(String unit, double amount, boolean isTime) {
  static Quantity operations() {
    return new Quantity("ops/s", 1, false);
  }

  static Quantity megabytes(long bytes) {
    return new Quantity("MB/s", bytes / 1e6, false);
  }

  static Quantity microsecondsFor(int items, String item) {
    return new Quantity("µs/" + item, items, true);
  }

  static Quantity milliseconds() {
    return new Quantity("ms", 1000, true);
  }

  /** Whether an operation is a small thing, and not many of them or megabytes. */
  boolean isOfOne() {
    return amount == 1;
  }

  /** What so many operations a second come to. */
  double of(double operationsPerSecond) {
    double items = operationsPerSecond * amount;
    return isTime ? 1e6 / items : items;
  }

  /** The same with three digits. */
  String text(double operationsPerSecond) {
    return Digits.of(of(operationsPerSecond));
  }
}
