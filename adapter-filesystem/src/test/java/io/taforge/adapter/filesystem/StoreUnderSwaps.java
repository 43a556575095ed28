package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Our store, which does everything that touches files while links are swapped. */
final class StoreUnderSwaps implements AutoCloseable {
  private static final Duration DAY = Duration.ofDays(1);

  private final SwapArena arena;
  private final FilesystemArtifactStore store;
  private final Random random;
  private final Map<String, Integer> done = new TreeMap<>();

  StoreUnderSwaps(SwapArena arena, long seed) {
    this.arena = arena;
    this.store = FilesystemArtifactStore.open(FilesystemSettings.at(arena.root()));
    this.random = new Random(seed);
    store.createBuckets();
  }

  /** Tries so often to do something; how often what went well, and what failed. */
  Map<String, Integer> tries(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String what;
      try {
        what = something();
      } catch (StorageException e) {
        what = "refused"; // a link is in the way, or was
      }
      done.merge(what, 1, Integer::sum);
      if (i % 1000 == 0 && !arena.isUntouched()) {
        arena.escaped();
      }
    }
    return done;
  }

  private String something() throws IOException {
    int what = random.nextInt(100);
    if (what < 40) {
      put();
      return "put";
    }
    if (what < 80) {
      return get();
    }
    if (what < 90) {
      return list();
    }
    if (what < 98) {
      store.delete(arena.sample());
      return "deleted";
    }
    new ObjectStorageClient(store)
        .retention(Clock.offset(Clock.systemUTC(), DAY.multipliedBy(2)))
        .cleanUp(
            Cleanup.of(RetentionPolicy.samplesFor(DAY))
                .guardedBy(CleanupGuards.DEFAULT.withLargestShare(1)));
    return "cleaned up";
  }

  private void put() {
    store.put(
        arena.sample(), ContentSource.of(SwapArena.INSIDE.getBytes(UTF_8)), PutOptions.defaults());
  }

  private String get() throws IOException {
    try (ArtifactContent content = store.get(arena.sample())) {
      arena.seen(content.stream().readAllBytes());
      return "got";
    }
  }

  /** What lies outside has another length. */
  private String list() {
    try (Stream<ArtifactSummary> found = store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))) {
      found
          .filter(each -> each.size() != SwapArena.INSIDE.length())
          .forEach(each -> arena.escaped());
    }
    return "listed";
  }

  @Override
  public void close() {
    store.close();
  }
}
