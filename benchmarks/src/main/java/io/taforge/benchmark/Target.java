package io.taforge.benchmark;

import java.util.OptionalDouble;

/**
 * What is wanted of a measurement, most often beside another one.
 *
 * @param id unique among all
 * @param title for people
 * @param metric what of the measurements
 * @param ours whose it is
 * @param comparison with what, and how
 * @param isAtLeast whether more is better
 * @param gate what must hold; empty if nothing must
 * @param goal what is gone for; empty if that is the gate
 */
record Target(
    String id,
    String title,
    Metric metric,
    Subject ours,
    Comparison comparison,
    boolean isAtLeast,
    OptionalDouble gate,
    OptionalDouble goal) {
  /**
   * Whose measurement.
   *
   * @param workload id of a workload in the same row
   * @param entry name of the contestant
   */
  record Subject(String workload, String entry) {}

  /** With what it is compared. */
  sealed interface Comparison {}

  /** How many times the other's, which has so many times fewer items to go through. */
  record Times(Subject other, double items) implements Comparison {}

  /** How much more than the other's, in units of this many. */
  record More(Subject other, double unit) implements Comparison {}

  /** How much by itself, in units of this many. */
  record Itself(double unit) implements Comparison {}

  /** Whether it came to its end: 1 or 0. */
  record Done() implements Comparison {}

  /** More is better, in times the other's. */
  static Target atLeast(
      String id, String title, Metric metric, Subject ours, Subject other, double gate) {
    return new Target(
        id,
        title,
        metric,
        ours,
        new Times(other, 1),
        true,
        OptionalDouble.of(gate),
        OptionalDouble.empty());
  }

  /** It must come to its end. */
  static Target done(String id, String title, Subject ours) {
    return new Target(
        id,
        title,
        Metric.RSS,
        ours,
        new Done(),
        true,
        OptionalDouble.of(1),
        OptionalDouble.empty());
  }

  /** More is better, compared like this. */
  static Target atLeast(
      String id, String title, Metric metric, Subject ours, Comparison comparison, double gate) {
    return new Target(
        id, title, metric, ours, comparison, true, OptionalDouble.of(gate), OptionalDouble.empty());
  }

  /** Less is better, in times the other's. */
  static Target atMost(
      String id, String title, Metric metric, Subject ours, Subject other, double gate) {
    return new Target(
        id,
        title,
        metric,
        ours,
        new Times(other, 1),
        false,
        OptionalDouble.of(gate),
        OptionalDouble.empty());
  }

  /** Less is better, compared like this. */
  static Target atMost(
      String id, String title, Metric metric, Subject ours, Comparison comparison, double gate) {
    return new Target(
        id,
        title,
        metric,
        ours,
        comparison,
        false,
        OptionalDouble.of(gate),
        OptionalDouble.empty());
  }

  /** With this goal beyond the gate. */
  Target goal(double value) {
    return new Target(
        id, title, metric, ours, comparison, isAtLeast, gate, OptionalDouble.of(value));
  }

  /** With the number as a goal only, and no gate. */
  Target onlyAsGoal() {
    return new Target(id, title, metric, ours, comparison, isAtLeast, OptionalDouble.empty(), gate);
  }

  boolean holds(double value, double limit) {
    return isAtLeast ? value >= limit : value <= limit;
  }
}
