package io.taforge.adapter.filesystem;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Cuts the power of a disk that a {@link PowerCutWriter} writes to, and counts what is lost. */
final class PowerCuts implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int FEWEST = 200;
  private static final int SPREAD = 400;

  private final LoopDisk disk;
  private final String contestant;
  private final Random random;

  /** The first step that was not done, by thread. */
  private final int[] next = new int[THREADS];

  /** The last step that was done, by thread and key. */
  private final List<Map<Integer, Integer>> known = new ArrayList<>();

  private Process writer;
  private BufferedReader told;
  private long cuts;
  private long acknowledged;
  private long compared;
  private long lost;
  private long damaged;
  private long strays;

  PowerCuts(LoopDisk disk, String contestant, long seed) throws IOException {
    this.disk = disk;
    this.contestant = contestant;
    this.random = new Random(seed);
    for (int thread = 0; thread < THREADS; thread++) {
      known.add(new TreeMap<>());
    }
    startWriter();
  }

  /** What was found. */
  record Tally(long cuts, long acknowledged, long compared, long lost, long damaged, long strays) {
    @Override
    public String toString() {
      return String.format(
          "%d power cuts, %d acknowledged writes, %d comparisons of artifacts, %d lost, %d damaged",
          cuts, acknowledged, compared, lost, damaged);
    }
  }

  Tally tally() {
    return new Tally(cuts, acknowledged, compared, lost, damaged, strays);
  }

  /** Lets the writer write, cuts the power at some moment, and looks what is there. */
  void cut() throws Exception {
    int[] first = next.clone();
    order(Arrays.stream(first).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    int until = FEWEST + random.nextInt(SPREAD);
    int pause = random.nextInt(2_000_000);
    int count = 0;
    List<String> failures = new ArrayList<>();
    for (String line = told.readLine(); !"stopped".equals(line); line = told.readLine()) {
      if (line == null) {
        throw new IOException("The writer has ended: " + failures);
      }
      String[] words = line.split(" ", 3);
      if (words[0].equals("done") && line.endsWith(".")) {
        next[Integer.parseInt(words[1])] =
            Integer.parseInt(words[2].substring(0, words[2].length() - 1)) + 1;
        count++;
        if (count == until) {
          LockSupport.parkNanos(pause);
          disk.cutPower();
          cuts++;
        }
      } else {
        failures.add(line);
      }
    }
    if (count < until) {
      throw new IOException("The writer has stopped before the power was cut: " + failures);
    }
    acknowledged += count;
    remountAndCompare(first);
  }

  private void remountAndCompare(int[] first) throws Exception {
    disk.unmount();
    disk.mount();
    try (Contestant after = Contestant.open(contestant, disk.path())) {
      int present = 0;
      for (int thread = 0; thread < THREADS; thread++) {
        for (int number = first[thread]; number < next[thread]; number++) {
          known.get(thread).put(new DurableStep(thread, number).key(), number);
        }
        for (int key = 0; key < DurableStep.KEYS; key++) {
          present += compare(after, thread, key);
        }
        next[thread]++; // whatever has become of the step that was not done, it is over
      }
      strays += after.strays(present);
    }
  }

  private int compare(Contestant after, int thread, int key) throws Exception {
    int found = after.find(thread, DurableStep.sample(thread, key));
    int last = known.get(thread).getOrDefault(key, Contestant.NOTHING);
    DurableStep begun = new DurableStep(thread, next[thread]);
    boolean isAsDone = found == outcome(thread, last);
    boolean isAsBegun = begun.key() == key && found == outcome(thread, begun.number());
    if (last != Contestant.NOTHING) {
      compared++;
    }
    if (!isAsDone && !isAsBegun) {
      if (found == Contestant.DAMAGED) {
        damaged++;
      } else {
        lost++;
      }
    }
    known.get(thread).put(key, isAsDone ? last : found);
    return found == Contestant.NOTHING ? 0 : 1;
  }

  /** What is to be found after a step. */
  private static int outcome(int thread, int step) {
    return step < 0 || !new DurableStep(thread, step).isDelete() ? step : Contestant.NOTHING;
  }

  private void order(String line) throws IOException {
    writer.outputWriter().write(line + "\n");
    writer.outputWriter().flush();
  }

  private void startWriter() throws IOException {
    writer =
        Jvm.start(
            Map.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of(PowerCutWriter.class.getName(), contestant, disk.path().toString()));
    told = writer.inputReader();
  }

  @Override
  public void close() throws InterruptedException {
    writer.destroyForcibly().waitFor();
  }
}
