package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.adapter.filesystem.FilesystemSettings.Durability;
import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody overwrites a sample, with the very same content, while it is cleaned up: at any moment
 * between plan and deletion. {@code -Dretention.rounds=100000} does it for long, {@code
 * -Dretention.seed} repeats a run.
 */
@Tag("reliability")
class RetentionRaceTest {
  private static final int ROUNDS = Integer.getInteger("retention.rounds", 100);
  private static final long SEED = Long.getLong("retention.seed", System.nanoTime());
  private static final int SAMPLES = 8;
  private static final Instant STORED = Instant.parse("2026-01-01T00:00:00Z");
  private static final RequestId REQUEST = RequestId.random();
  private static final Cleanup CLEANUP =
      Cleanup.of(RetentionPolicy.samplesFor(Duration.ofDays(30)))
          .guardedBy(CleanupGuards.DEFAULT.withLargestShare(1));

  private final MovingClock clock = new MovingClock();
  private final Random random = new Random(SEED);
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  /** What has become of so many rounds; the first sample that is lost ends them. */
  private record Rounds(int rounds, int lost, long overtaken) {}

  @Test
  void whatIsWrittenMeanwhileIsNeverRemovedFromMemory() throws Exception {
    Rounds found = race(inMemory(), UnaryOperator.identity(), ROUNDS);

    report("K3", "in memory", found);
    assertThat(found.lost()).as("seed %d", SEED).isZero();
  }

  @Test
  void whatIsWrittenMeanwhileIsNeverRemovedFromAFolder(@TempDir Path folder) throws Exception {
    try (ArtifactStore store =
        FilesystemArtifactStore.open(
            FilesystemSettings.at(folder).withDurability(Durability.NONE).withClock(clock))) {
      Rounds found = race(store, UnaryOperator.identity(), ROUNDS);

      report("K3", "in a folder", found);
      assertThat(found.lost()).as("seed %d", SEED).isZero();
    }
  }

  @Test
  void aCleanupThatDoesNotLookAgainIsFoundOut() throws Exception {
    Rounds found = race(inMemory(), RetentionRaceTest::lookingOnce, 200);

    report("K3 control", "in memory, without a second look", found);
    assertThat(found.lost()).as("seed %d", SEED).isPositive();
  }

  private InMemoryArtifactStore inMemory() {
    return new InMemoryArtifactStore(new InMemorySpace(clock));
  }

  private Rounds race(ArtifactStore store, UnaryOperator<ArtifactStore> cleaned, int rounds)
      throws Exception {
    store.createBuckets();
    int lost = 0;
    long overtaken = 0;
    int round = 0;
    try {
      for (; round < rounds && lost == 0; round++) {
        clock.now.set(STORED);
        for (int i = 0; i < SAMPLES; i++) {
          put(store, i);
        }
        clock.now.set(STORED.plus(Duration.ofDays(31)));
        ObjectStorageClient client = new ObjectStorageClient(cleaned.apply(store));
        int written = random.nextInt(SAMPLES);
        int delay = random.nextInt(200);
        Future<?> write = writer.submit(() -> putLater(store, written, delay));
        CleanupReport report = client.retention(clock).cleanUp(CLEANUP);
        write.get();
        assertThat(report.failures()).as("seed %d, round %d", SEED, round).isEmpty();
        overtaken += report.skipped(Skip.CHANGED).objects();
        lost += store.find(sample(written)).isPresent() ? 0 : 1;
        store.deleteEverything(ArtifactKind.LOG_SAMPLE);
      }
    } finally {
      writer.shutdownNow();
    }
    return new Rounds(round, lost, overtaken);
  }

  private static void putLater(ArtifactStore store, int number, int delay) {
    for (int i = 0; i < delay; i++) {
      Thread.onSpinWait();
    }
    put(store, number);
  }

  private static void put(ArtifactStore store, int number) {
    store.put(sample(number), ContentSource.of(new byte[] {1}), PutOptions.defaults());
  }

  private static LogSample sample(int number) {
    return new LogSample(REQUEST, FileName.of(number + ".log"));
  }

  private static void report(String id, String where, Rounds found) {
    System.out.printf(
        "Reliability %s: %d rounds of cleaning up against a writer %s, %d fresh samples removed,"
            + " %d found changed after the plan (seed %d)%n",
        id, found.rounds(), where, found.lost(), found.overtaken(), SEED);
  }

  /** A store that shows what there was in the beginning, and deletes without a condition. */
  private static ArtifactStore lookingOnce(ArtifactStore store) {
    Map<Artifact, Optional<StoredArtifact>> seen = new HashMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      seen.put(sample(i), store.find(sample(i)));
    }
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(),
            new Class<?>[] {ArtifactStore.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "find":
                  return seen.get(arguments[0]);
                case "deleteUnchanged":
                  return store.delete((Artifact) arguments[0]);
                default:
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
              }
            });
  }

  private static final class MovingClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(STORED);

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
