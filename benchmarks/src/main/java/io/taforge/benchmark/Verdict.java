package io.taforge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a target was met.
 *
 * @param target its id
 * @param value what was measured; NaN if something is missing
 * @param gate whether it holds; empty if there is none or nothing was measured
 * @param goal the same
 */
record Verdict(String target, double value, Optional<Boolean> gate, Optional<Boolean> goal) {
  /** From the measurements of its row. */
  static Verdict on(Target target, List<Measurement> measurements) {
    double value = value(target, measurements);
    return new Verdict(
        target.id(),
        value,
        judged(target, value, target.gate()),
        judged(target, value, target.goal()));
  }

  boolean isMeasured() {
    return Double.isFinite(value);
  }

  private static Optional<Boolean> judged(Target target, double value, OptionalDouble limit) {
    return limit.isPresent() && Double.isFinite(value)
        ? Optional.of(target.holds(value, limit.getAsDouble()))
        : Optional.empty();
  }

  private static double value(Target target, List<Measurement> measurements) {
    if (target.comparison() instanceof Target.Done) {
      return hasEnded(target.ours(), measurements);
    }
    Optional<Measurement> ours = find(target.ours(), measurements);
    if (ours.isEmpty()) {
      return Double.NaN;
    }
    Metric metric = target.metric();
    if (target.comparison() instanceof Target.Itself itself) {
      return metric.of(ours.get()) / itself.unit();
    }
    if (target.comparison() instanceof Target.More more) {
      return find(more.other(), measurements)
          .map(other -> (metric.of(ours.get()) - metric.of(other)) / more.unit())
          .orElse(Double.NaN);
    }
    Target.Times times = (Target.Times) target.comparison();
    return find(times.other(), measurements)
        .map(other -> ratio(metric, ours.get(), other) / times.items())
        .orElse(Double.NaN);
  }

  private static double hasEnded(Target.Subject subject, List<Measurement> measurements) {
    return measurements.stream()
        .filter(each -> is(each, subject))
        .mapToDouble(each -> each.problem().isEmpty() ? 1 : 0)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Round by round, because what disturbs the machine disturbs both. */
  private static double ratio(Metric metric, Measurement ours, Measurement other) {
    if (!metric.isByRounds() || ours.rounds().size() != other.rounds().size()) {
      return metric.of(ours) / metric.of(other);
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.rounds().size(); round++) {
      ratios.add(metric.of(ours.rounds().get(round)) / metric.of(other.rounds().get(round)));
    }
    return Medians.of(ratios);
  }

  private static Optional<Measurement> find(
      Target.Subject subject, List<Measurement> measurements) {
    return measurements.stream()
        .filter(each -> is(each, subject) && each.problem().isEmpty())
        .findFirst();
  }

  private static boolean is(Measurement measurement, Target.Subject subject) {
    return measurement.workload().equals(subject.workload())
        && measurement.entry().equals(subject.entry());
  }
}
