package io.taforge.benchmark;

import io.taforge.benchmark.workload.Work;
import java.util.List;

/**
 * What all its contestants do, interleaved.
 *
 * @param id unique within its row
 * @param title for people
 * @param place on what it is done
 * @param work what is done
 * @param quantity how its speed is told
 * @param isOnce whether it is done once in each round, and not for a while
 * @param entries the contestants
 */
record Workload(
    String id,
    String title,
    Place place,
    Work.Factory work,
    Quantity quantity,
    boolean isOnce,
    List<Entry> entries) {
  /** Keeps a copy. */
  Workload {
    entries = List.copyOf(entries);
  }

  /** The contestant of this name. */
  Entry entry(String name) {
    return entries.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** With these contestants only. */
  Workload with(List<Entry> some) {
    return new Workload(id, title, place, work, quantity, isOnce, some);
  }
}
