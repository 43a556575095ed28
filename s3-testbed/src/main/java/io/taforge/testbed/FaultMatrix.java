package io.taforge.testbed;

import io.taforge.testbed.NetworkTally.Result;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Has a caller do each thing with each kind of fault on the way, many at once. */
final class FaultMatrix {
  private static final int LANES = 12;
  private static final int FOR_EVER = Integer.MAX_VALUE;

  /** So many contents of some megabytes at once, which are in memory several times. */
  private static final int LARGE_AT_ONCE = 6;

  private record Run(FaultKind kind, NetworkTask task, int round) {}

  private final MemoryS3 server;
  private final String bucket;
  private final Function<URI, NetworkCaller> opener;
  private final Function<URI, NetworkCaller> calm;
  private final Duration limit;
  private final long seed;
  private final NetworkTally tally = new NetworkTally();
  private final Semaphore large = new Semaphore(LARGE_AT_ONCE);
  private final Map<NetworkTask, Integer> requests = new EnumMap<>(NetworkTask.class);

  /**
   * Of one kind of callers.
   *
   * @param opener opens one that is to be tried
   * @param calm opens one that has all the time it wants, for when nothing goes wrong
   * @param limit what takes longer hangs
   */
  FaultMatrix(
      MemoryS3 server,
      String bucket,
      Function<URI, NetworkCaller> opener,
      Function<URI, NetworkCaller> calm,
      Duration limit,
      long seed) {
    this.server = server;
    this.bucket = bucket;
    this.opener = opener;
    this.calm = calm;
    this.limit = limit;
    this.seed = seed;
  }

  /** Each kind with each task, so many times. */
  NetworkTally run(int rounds) throws Exception {
    countRequests();
    List<Run> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (FaultKind kind : FaultKind.values()) {
        for (NetworkTask task : NetworkTask.values()) {
          all.add(new Run(kind, task, round));
        }
      }
    }
    Collections.shuffle(all, new Random(seed));
    Queue<Run> left = new ConcurrentLinkedQueue<>(all);
    try (MemoryS3 elsewhere = MemoryS3.start();
        ClosedPort nobody = new ClosedPort();
        NetworkCaller lost = opener.apply(nobody.endpoint());
        NetworkCaller patient = calm.apply(server.endpoint())) {
      SideBySideLanes.run(LANES, () -> work(left, patient, lost, elsewhere.endpoint()));
      tally.strayed(elsewhere.requests());
    }
    return tally;
  }

  private void work(Queue<Run> left, NetworkCaller patient, NetworkCaller lost, URI elsewhere)
      throws Exception {
    try (NetworkLane lane = new NetworkLane(server, opener, limit)) {
      for (Run run = left.poll(); run != null; run = left.poll()) {
        boolean isLarge = run.task() == NetworkTask.PUT_IN_PARTS;
        if (isLarge) {
          large.acquire();
        }
        try {
          make(run, lane, patient, lost, elsewhere);
        } finally {
          if (isLarge) {
            large.release();
          }
        }
      }
    }
  }

  private void make(
      Run run, NetworkLane lane, NetworkCaller patient, NetworkCaller lost, URI elsewhere)
      throws Exception {
    Random random =
        new Random(Objects.hash(seed, run.kind().name(), run.task().name(), run.round()));
    NetworkTask.Scene scene = new NetworkTask.Scene(run.task(), server.buckets(), bucket, random);
    scene.set(run.task(), patient, random);
    int behind = random.nextInt(requests.getOrDefault(run.task(), 1));
    int times = List.of(1, 2, FOR_EVER).get(random.nextInt(3));
    NetworkCaller caller = run.kind() == FaultKind.REFUSED ? lost : lane.caller();
    lane.inject(run.kind().fault(random, elsewhere), behind, times);
    long startedAt = System.nanoTime();
    Result result;
    String detail = "behind " + behind + " requests, " + times + " times, round " + run.round();
    try {
      boolean isTrue = lane.within(() -> run.task().does(caller, scene));
      result = isTrue ? Result.SUCCESS : wrong(run);
    } catch (NetworkLane.HangException e) {
      result = Result.HANG;
    } catch (Throwable e) {
      detail += ": " + e;
      result =
          !caller.isDocumented(e) ? Result.OTHER : scene.isWhole() ? Result.FAILURE : Result.WRONG;
    }
    long nanos = System.nanoTime() - startedAt;
    lane.heal();
    tally.add(run.kind(), run.task(), result, detail, nanos, scene.clear());
  }

  /** S3 has no checksum of listings: without TLS, a key with a flipped bit is another key. */
  private static Result wrong(Run run) {
    return run.kind() == FaultKind.FLIPPED_BIT && run.task() == NetworkTask.LIST
        ? Result.UNKNOWABLE
        : Result.WRONG;
  }

  /** How many there are for each task when nothing goes wrong. */
  private void countRequests() throws Exception {
    Random random = new Random(seed);
    try (NetworkLane lane = new NetworkLane(server, calm, limit)) {
      for (NetworkTask task : NetworkTask.values()) {
        NetworkTask.Scene scene = new NetworkTask.Scene(task, server.buckets(), bucket, random);
        scene.set(task, lane.caller(), random);
        lane.heal();
        if (!task.does(lane.caller(), scene)) {
          throw new AssertionError(task + " is wrong although nothing went wrong");
        }
        requests.put(task, lane.proxy().requests().size());
        scene.clear();
      }
    }
  }
}
