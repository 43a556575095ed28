package io.taforge.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.TearDown;

/** Something that takes so long that each time is timed by itself, without what follows it. */
@BenchmarkMode(Mode.Throughput)
public class MeasuredTransfer extends WorkOfProcess {
  /** Does it once. */
  @Benchmark
  public void run() throws Exception {
    doOnce();
  }

  /** Clears away what it has left; the processors' time for that is in the result. */
  @TearDown(Level.Invocation)
  public void clearAway() throws Exception {
    clear();
  }
}
