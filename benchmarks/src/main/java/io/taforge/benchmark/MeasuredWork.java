package io.taforge.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Something small, which is too short to be timed by itself. */
@BenchmarkMode(Mode.Throughput)
public class MeasuredWork extends WorkOfProcess {
  /** Does it once. */
  @Benchmark
  public void run() throws Exception {
    doOnce();
  }
}
