package io.taforge.benchmark;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One of the targets P1 to P16, with all that has to be measured for it.
 *
 * @param id such as {@code P1}
 * @param title for people
 * @param workloads one after another
 * @param targets what is wanted
 */
record Row(String id, String title, List<Workload> workloads, List<Target> targets) {
  /** Keeps copies. */
  Row {
    workloads = List.copyOf(workloads);
    targets = List.copyOf(targets);
  }

  Workload workload(String name) {
    return workloads.stream().filter(each -> each.id().equals(name)).findFirst().orElseThrow();
  }

  /** Those contestants of a workload that a target names. */
  List<Entry> named(Workload workload) {
    Set<Target.Subject> subjects = new HashSet<>();
    for (Target target : targets) {
      subjects.add(target.ours());
      if (target.comparison() instanceof Target.Times times) {
        subjects.add(times.other());
      } else if (target.comparison() instanceof Target.More more) {
        subjects.add(more.other());
      }
    }
    return workload.entries().stream()
        .filter(each -> subjects.contains(new Target.Subject(workload.id(), each.name())))
        .toList();
  }
}
