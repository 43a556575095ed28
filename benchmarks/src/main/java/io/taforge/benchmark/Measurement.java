package io.taforge.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one contestant in one workload.
 *
 * @param workload id of it
 * @param entry name of the contestant
 * @param rounds one after another, the warm-up left out
 * @param allocatedBytes for one operation; NaN if not known
 * @param peakMegabytes how much memory the process had at the most
 * @param problem why there is nothing; empty if there is
 */
record Measurement(
    String workload,
    String entry,
    List<Round> rounds,
    double allocatedBytes,
    double peakMegabytes,
    Optional<String> problem) {
  /** Keeps a copy. */
  Measurement {
    rounds = List.copyOf(rounds);
  }

  static Measurement failed(String workload, String entry, String problem) {
    return new Measurement(
        workload, entry, List.of(), Double.NaN, Double.NaN, Optional.of(problem));
  }

  /** Without what the process tells of itself. */
  Measurement ofOtherProcesses() {
    return new Measurement(
        workload,
        entry,
        rounds.stream().map(each -> new Round(each.operationsPerSecond(), Double.NaN)).toList(),
        Double.NaN,
        Double.NaN,
        problem);
  }
}
