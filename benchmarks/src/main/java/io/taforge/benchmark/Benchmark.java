package io.taforge.benchmark;
import java.nio.file.Path;
import java.util.*;
/** x. */
public final class Benchmark {
  private Benchmark() {}
  public static void main(String[] a) throws Exception {
    Effort effort = Effort.of(System.getProperty("benchmark.run", "short"));
    try (Scratch scratch = Scratch.in(Path.of("/tmp/tb"));
        Tournament t = new Tournament(effort, scratch, CephSite.ofProperties(), Path.of("/work/bench"))) {
      for (Row row : Rows.of(effort).chosen(System.getProperty("benchmark.rows", ""), effort)) {
        List<Measurement> all = new ArrayList<>();
        for (Workload w : row.workloads()) {
          if (!t.hasPlaceFor(w)) continue;
          Workload some = effort.isForTargets() ? w.with(row.named(w)) : w;
          long s = System.currentTimeMillis();
          List<Measurement> ms = t.hold(row, some);
          System.out.println(row.id() + " " + w.id() + " " + (System.currentTimeMillis() - s) + " ms");
          for (Measurement m : ms) System.out.println("   " + m.entry() + " " + w.quantity().text(Metric.SPEED.of(m)) + " " + w.quantity().unit() + " cpu " + Quantity.digits(Metric.CPU.of(m)*1e6) + " us alloc " + Quantity.digits(m.allocatedBytes()/1024) + " KiB rss " + m.peakMegabytes() + " " + m.problem().orElse(""));
          all.addAll(ms);
        }
        for (Target target : row.targets()) {
          Verdict v = Verdict.on(target, all);
          System.out.println("  " + target.title() + " " + Quantity.digits(v.value()) + " gate " + v.gate() + " goal " + v.goal());
        }
      }
    }
  }
}
