package io.taforge.benchmark;

import io.taforge.benchmark.workload.Work;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is measured in this process: its {@link Assignment}. */
@State(Scope.Benchmark)
public abstract class WorkOfProcess {
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

  /** Closes the client. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    work.close();
  }

  final void doOnce() throws Exception {
    try {
      work.run();
    } catch (Exception e) {
      throw Contestant.ofThisProcess().failed(e);
    }
  }

  final void clear() throws Exception {
    work.clear();
  }

  /** What is done before it is known what is to be done. */
  private static final class Nothing implements Work {
    @Override
    public void run() {
      throw new IllegalStateException("Nothing is prepared");
    }

    @Override
    public void clear() {
      // nothing was done
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
