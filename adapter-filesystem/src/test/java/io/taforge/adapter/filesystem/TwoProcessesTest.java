package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two processes with two threads each race for the same samples in one folder: nobody reads a mix
 * or an older version after a newer one, of those who create one wins, and no increment is lost.
 * {@code -Drace.operations=2500000} is how many each thread does, {@code -Drace.seed} repeats their
 * order.
 */
@Tag("reliability")
class TwoProcessesTest {
  private static final int OPERATIONS = Integer.getInteger("race.operations", 400);
  private static final long SEED = Long.getLong("race.seed", System.nanoTime());
  private static final int PROCESSES = 2;
  private static final int THREADS = 2;

  private Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    base = MemoryFolder.make("taforge-race");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(base);
  }

  @Test
  void twoProcessesOnOneFolderSeeWholeVersionsInOrder() throws Exception {
    Seen ours = race("taforge", OPERATIONS);
    Seen others = race("files", Math.min(OPERATIONS, 20_000));

    System.out.printf(
        "Reliability K1: %d processes with %d threads, %s (seed %d)%n",
        PROCESSES, THREADS, ours, SEED);
    System.out.printf("Reliability K1 control: plain files: %s%n", others);
    assertThat(ours.failures()).isEmpty();
    assertThat(List.of(ours.mixed, ours.backwards, ours.notOneWinner, ours.lostIncrements))
        .containsOnly(0L);
    assertThat(List.of(ours.creations, ours.increments)).allMatch(number -> number > 0);
    assertThat(others.mixed + others.notOneWinner + others.lostIncrements).isPositive();
  }

  /** What all of them have seen together. */
  private static final class Seen {
    private final List<String> failures = new ArrayList<>();
    private final Set<String> tried = new HashSet<>();
    private final Map<String, Integer> wins = new HashMap<>();
    private long operations;
    private long reads;
    private long mixed;
    private long backwards;
    private long increments;
    private long creations;
    private long notOneWinner;
    private long lostIncrements;

    List<String> failures() {
      return failures;
    }

    void add(String line) {
      if (!line.startsWith("told ")) {
        failures.add(line);
        return;
      }
      String[] parts = line.substring("told ".length()).split("\\|", -1);
      String[] numbers = parts[0].split(" ");
      reads += Long.parseLong(numbers[0]);
      mixed += Long.parseLong(numbers[1]);
      backwards += Long.parseLong(numbers[2]);
      increments += Long.parseLong(numbers[3]);
      words(parts[1]).forEach(tried::add);
      words(parts[2]).forEach(round -> wins.merge(round, 1, Integer::sum));
    }

    private static Stream<String> words(String line) {
      return Stream.of(line.split(" ")).filter(word -> !word.isEmpty());
    }

    void finish(long counter) {
      creations = tried.size();
      notOneWinner = tried.stream().filter(round -> wins.getOrDefault(round, 0) != 1).count();
      lostIncrements = Math.abs(increments - counter);
    }

    @Override
    public String toString() {
      return String.format(
          "%d operations: %d reads, %d mixed, %d backwards; %d creations, %d without exactly one"
              + " winner; %d increments, %d lost; %d failures",
          operations,
          reads,
          mixed,
          backwards,
          creations,
          notOneWinner,
          increments,
          lostIncrements,
          failures.size());
    }
  }

  private Seen race(String how, int operations) throws Exception {
    Path root = Files.createDirectory(base.resolve(how));
    try (RacedStore store = RacedStore.open(how, root)) {
      store.put(Racer.COUNTER, 0);
      List<Process> processes = new ArrayList<>();
      Seen seen = new Seen();
      try {
        for (int i = 0; i < PROCESSES; i++) {
          processes.add(started(root, how, i * THREADS, operations));
        }
        for (Process process : processes) {
          process.inputReader().lines().forEach(seen::add);
          process.waitFor();
        }
      } finally {
        processes.forEach(Process::destroyForcibly);
      }
      seen.operations = (long) PROCESSES * THREADS * operations;
      seen.finish(store.get(Racer.COUNTER).orElse(RacedStore.MIXED));
      return seen;
    }
  }

  private static Process started(Path root, String how, int first, int operations)
      throws IOException {
    return Jvm.start(
        Map.of(),
        List.of("-XX:TieredStopAtLevel=1"),
        List.of(
            Racer.class.getName(),
            root.toString(),
            how,
            Integer.toString(first),
            Integer.toString(THREADS),
            Integer.toString(operations),
            Long.toString(SEED)));
  }
}
