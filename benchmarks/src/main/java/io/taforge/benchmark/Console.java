package io.taforge.benchmark;

import io.taforge.benchmark.report.Digits;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Tells how a run gets on. */
final class Console {
  private final PrintStream out;

  Console(PrintStream out) {
    this.out = out;
  }

  void tell(String line) {
    out.println(line);
    out.flush();
  }

  void tell(Row row, Measured measured) {
    Workload workload = measured.workload();
    tell(
        String.format(
            Locale.ROOT,
            "%s %s (%s)%s",
            row.id(),
            workload.title(),
            workload.place().title(),
            measured.reason().map(reason -> ": not measured, " + reason).orElse("")));
    for (Measurement each : measured.measurements()) {
      tell("    " + line(workload, each));
    }
  }

  void tell(Row row, List<Verdict> verdicts) {
    for (int i = 0; i < verdicts.size(); i++) {
      Target target = row.targets().get(i);
      Verdict verdict = verdicts.get(i);
      if (verdict.isMeasured()) {
        tell(
            String.format(
                Locale.ROOT,
                "  %s = %s  %s: %s%s",
                target.id(),
                Digits.of(verdict.value()),
                target.title(),
                limit("gate", target, target.gate(), verdict),
                limit("goal", target, target.goal(), verdict)));
      }
    }
  }

  private static String limit(String name, Target target, OptionalDouble limit, Verdict verdict) {
    return limit.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%s %s %s %s  ",
            name,
            target.isAtLeast() ? "≥" : "≤",
            Digits.of(limit.getAsDouble()),
            target.holds(verdict.value(), limit.getAsDouble()) ? "held" : "MISSED");
  }

  private static String line(Workload workload, Measurement measurement) {
    return measurement
        .problem()
        .map(problem -> String.format(Locale.ROOT, "%-34s %s", measurement.entry(), problem))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "%-34s %10s %-10s CPU %9s µs/op, garbage %9s KiB/op, RSS %4.0f MB",
                    measurement.entry(),
                    workload.quantity().text(Metric.SPEED.of(measurement)),
                    workload.quantity().unit(),
                    Digits.of(Metric.CPU.of(measurement) * 1e6),
                    Digits.of(measurement.allocatedBytes() / 1024),
                    measurement.peakMegabytes()));
  }
}
