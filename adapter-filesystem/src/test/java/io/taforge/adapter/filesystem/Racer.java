package io.taforge.adapter.filesystem;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A process that races with others for the same samples, and tells in the end what it has seen. A
 * number that is put is made of its writer and of how many that writer has put before.
 */
final class Racer {
  /** Only ever incremented; the content is how often. */
  static final LogSample COUNTER = sample("counter.log");

  private static final int KEYS = 4;
  private static final int WRITERS = 100;

  /** So long all threads of all processes try to create the same. */
  private static final long CREATION_MILLIS = 10;

  private final RacedStore store;
  private final int writer;
  private final Random random;
  private final Map<Long, Long> newest = new HashMap<>();
  private final Set<Long> tried = new HashSet<>();
  private final Set<Long> won = new TreeSet<>();
  private long written;
  private long reads;
  private long mixed;
  private long backwards;
  private long increments;

  private Racer(RacedStore store, int writer, long seed) {
    this.store = store;
    this.writer = writer;
    this.random = new Random(seed + writer);
  }

  /** Root, kind of store, number of the first writer, threads, operations of each, seed. */
  public static void main(String[] arguments) throws Exception {
    Jvm.endWithParent();
    RacedStore store = RacedStore.open(arguments[1], Path.of(arguments[0]));
    List<Racer> racers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    int first = Integer.parseInt(arguments[2]);
    int operations = Integer.parseInt(arguments[4]);
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      Racer racer = new Racer(store, first + i, Long.parseLong(arguments[5]));
      racers.add(racer);
      threads.add(new Thread(() -> racer.race(operations)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    store.close();
    racers.forEach(Racer::tell);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  static LogSample sample(String name) {
    return new LogSample(RequestId.of(new UUID(3, 4)), FileName.of(name));
  }

  private void race(int operations) {
    try {
      for (int i = 0; i < operations; i++) {
        doSomething(random.nextInt(100));
      }
    } catch (IOException e) {
      System.out.println("failed " + e);
    } catch (RuntimeException e) {
      System.out.println("failed " + FaultSubject.told(e));
    }
  }

  private void doSomething(int what) throws IOException {
    int key = random.nextInt(KEYS);
    LogSample sample = sample("race-" + key + ".log");
    if (what < 45) {
      read(key, sample);
    } else if (what < 75) {
      written++;
      store.put(sample, written * WRITERS + writer);
    } else if (what < 85) {
      store.delete(sample);
    } else if (what < 90) {
      long round = System.currentTimeMillis() / CREATION_MILLIS;
      if (tried.add(round) && store.create(sample("created-" + round + ".log"), round)) {
        won.add(round);
      }
    } else if (store.increment(COUNTER)) {
      increments++;
    }
  }

  /** What a writer has written later is never followed by what it had written before. */
  private void read(int key, LogSample sample) throws IOException {
    OptionalLong found = store.get(sample);
    reads++;
    if (found.isEmpty()) {
      return;
    }
    if (found.getAsLong() == RacedStore.MIXED) {
      mixed++;
      return;
    }
    long by = key * (long) WRITERS + found.getAsLong() % WRITERS;
    long number = found.getAsLong() / WRITERS;
    if (newest.getOrDefault(by, 0L) > number) {
      backwards++;
    }
    newest.merge(by, number, Math::max);
  }

  private void tell() {
    System.out.println(
        "told %d %d %d %d|%s|%s"
            .formatted(reads, mixed, backwards, increments, joined(tried), joined(won)));
  }

  private static String joined(Set<Long> rounds) {
    return rounds.stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
