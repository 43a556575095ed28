package io.taforge.benchmark;

import io.taforge.benchmark.workload.Work;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The process of one contestant. It stays as long as the workload lasts and works only when it is
 * its turn, so that all contestants meet the same disturbances, and each has a JVM of its own.
 */
public final class Contestant {
  private static final String GARBAGE = "gc.alloc.rate.norm";
  private static final AtomicReference<Contestant> THIS = new AtomicReference<>();
  private static final AtomicReference<Throwable> FIRST = new AtomicReference<>();

  private final Assignment assignment;
  private final Turns turns;

  private Contestant(Assignment assignment, Turns turns) {
    this.assignment = assignment;
    this.turns = turns;
  }

  /** Takes part as the arguments say. */
  public static void main(String[] arguments) throws Exception {
    Turns turns =
        new Turns(
            System.in,
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setOut(System.err); // what libraries print is not part of the conversation
    int status = 0;
    try {
      Assignment assignment =
          Assignment.parse(
              arguments, Optional.ofNullable(System.getenv(Assignment.SECRET)).orElse(""));
      Contestant contestant = new Contestant(assignment, turns);
      THIS.set(contestant);
      contestant.run();
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
      turns.tellFailure(Optional.ofNullable(FIRST.get()).orElse(e));
      status = 1;
    }
    System.exit(status); // some clients have threads that nothing ends
  }

  /** The one of this process. */
  static Contestant ofThisProcess() {
    Contestant contestant = THIS.get();
    if (contestant == null) {
      throw new IllegalStateException("This process is no contestant");
    }
    return contestant;
  }

  /** Keeps the first failure, which JMH would hide among its own; returns it. */
  Exception failed(Exception failure) {
    FIRST.compareAndSet(null, failure);
    return failure;
  }

  Assignment assignment() {
    return assignment;
  }

  Turns turns() {
    return turns;
  }

  /** Does it for a while, before anybody measures; see {@link Effort#settleMillis}. */
  void settle(Work work) throws Exception {
    long nanos =
        TimeUnit.MILLISECONDS.toNanos(
            assignment.effort().settleMillis(assignment.workloadOfRow().quantity()));
    int threads = Math.min(2, assignment.site().threads());
    ExecutorService several = Executors.newFixedThreadPool(threads);
    try {
      long end = System.nanoTime() + nanos;
      Callable<Void> some =
          () -> {
            while (System.nanoTime() - end < 0) {
              work.run();
              work.clear();
            }
            return null;
          };
      for (Future<Void> each : several.invokeAll(Collections.nCopies(threads, some))) {
        each.get();
      }
    } finally {
      several.shutdown();
    }
  }

  private void run() throws Exception {
    double allocated = assignment.workloadOfRow().isOnce() ? onceARound() : underJmh();
    turns.tellEnd(allocated, OwnProcess.peakMegabytes());
  }

  /** The client lives as long as all rounds. */
  private double onceARound() throws Exception {
    Work work = assignment.prepare();
    int rounds = assignment.effort().rounds();
    for (int round = 0; round < rounds; round++) {
      turns.await();
      long start = System.nanoTime();
      double cpu = OwnProcess.cpuSeconds();
      work.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      turns.tell(new Round(1 / seconds, OwnProcess.cpuSeconds() - cpu));
      work.clear();
    }
    work.close();
    return Double.NaN;
  }

  private double underJmh() throws RunnerException {
    Effort effort = assignment.effort();
    Class<?> benchmark =
        assignment.workloadOfRow().quantity().isOfOne()
            ? MeasuredWork.class
            : MeasuredTransfer.class;
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(benchmark.getName() + ".run")
                    .forks(0) // this process is the fork
                    .threads(assignment.site().threads())
                    .warmupIterations(effort.warmups())
                    .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
                    .measurementIterations(effort.rounds())
                    .measurementTime(TimeValue.milliseconds(effort.millis()))
                    .timeUnit(TimeUnit.SECONDS)
                    .timeout(TimeValue.minutes(10))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(TurnProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    var garbage = result.getSecondaryResults().get(GARBAGE);
    return garbage == null ? Double.NaN : garbage.getScore();
  }
}
