package io.taforge.benchmark;

import io.taforge.benchmark.workload.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The one benchmark that JMH knows; what it does is this process's {@link Assignment}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
public class MeasuredWork {
  private Work work = new Nothing();

  /** Opens the client and prepares what it needs. */
  @Setup(Level.Trial)
  public void prepare() throws Exception {
    try {
      work = Contestant.ofThisProcess().assignment().prepare();
      Contestant.ofThisProcess().settle(work);
    } catch (Exception e) {
      throw Contestant.ofThisProcess().failed(e);
    }
  }

  /** Does it once. */
  @Benchmark
  public void run() throws Exception {
    try {
      work.run();
    } catch (Exception e) {
      throw Contestant.ofThisProcess().failed(e);
    }
  }

  /** Closes the client. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    work.close();
  }

  /** What is done before it is known what is to be done. */
  private static final class Nothing implements Work {
    @Override
    public void run() {
      throw new IllegalStateException("Nothing is prepared");
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
