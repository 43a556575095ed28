package io.taforge.benchmark;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Waits for the contestant's turn before each iteration, and tells what it has taken of the CPU.
 */
public final class TurnProfiler implements InternalProfiler {
  private double cpuSeconds;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    Contestant.ofThisProcess().turns().await();
    cpuSeconds = OwnProcess.cpuSeconds();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double used = OwnProcess.cpuSeconds() - cpuSeconds;
    long operations = Math.max(1, result.getMetadata().getAllOps());
    if (!result.getRawPrimaryResults().isEmpty()) { // or it has failed, and JMH tells how
      Contestant.ofThisProcess()
          .turns()
          .tell(new Round(result.getPrimaryResult().getScore(), used / operations));
    }
    return List.of();
  }

  @Override
  public String getDescription() {
    return "Takes turns with other processes";
  }
}
