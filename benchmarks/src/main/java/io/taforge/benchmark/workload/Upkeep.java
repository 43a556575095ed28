package io.taforge.benchmark.workload;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.benchmark.peer.Peers;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupTrial;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What operators do with all that is stored, on taforge alone. */
public final class Upkeep {
  private static final Duration A_MONTH = Duration.ofDays(30);
  private static final int IN_A_REQUEST = 1000;

  private Upkeep() {}

  /** Goes through all there is. */
  static void scan(ObjectStorageClient client, int count) throws IOException {
    check(count, client.amountOf(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).objects());
  }

  /** Counts it. */
  static void statistics(ObjectStorageClient client, int count) throws IOException {
    check(count, client.storageStats().objects());
  }

  /** Finds out what a cleanup would remove: all of it is old. */
  static void plan(ObjectStorageClient client, int count) throws IOException {
    try (CleanupTrial trial =
        client.retention(Clock.systemUTC()).plan(Cleanup.of(RetentionPolicy.samplesFor(A_MONTH)))) {
      check(count, trial.plan().orElseThrow().totals().expired().objects());
    }
  }

  /** One of these on a server that makes up so many keys. */
  public static Work.Factory onServer(Kind kind, int count) {
    return (peer, site) ->
        PeerWork.of(
            peer,
            site.at("keys-" + count),
            each -> {},
            each -> kind.run(Peers.client(each), count));
  }

  /** One of these on a folder with so many files in it. */
  public static Work.Factory onFolder(Kind kind, int count) {
    return (peer, site) ->
        PeerWork.of(
            peer,
            site,
            each -> fill(site.folder().resolve("store").resolve(site.bucket()), count),
            each -> kind.run(Peers.client(each), count));
  }

  private static void fill(Path bucket, int count) throws IOException {
    Path folder = bucket;
    for (int number = 0; number < count; number++) {
      if (number % IN_A_REQUEST == 0) {
        folder = bucket.resolve("samples").resolve(UUID.randomUUID().toString());
        Files.createDirectories(folder);
      }
      Path file = Files.createFile(folder.resolve(number % IN_A_REQUEST + ".log"));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(A_MONTH.multipliedBy(2))));
    }
  }

  private static void check(long expected, long found) throws IOException {
    if (expected != found) {
      throw new IOException(found + " objects instead of " + expected);
    }
  }

  /** Which of them. */
  public enum Kind {
    /** A listing of everything. */
    LIST,
    /** Statistics of everything. */
    STATISTICS,
    /** The plan of a cleanup. */
    PLAN;

    void run(ObjectStorageClient client, int count) throws IOException {
      switch (this) {
        case LIST -> scan(client, count);
        case STATISTICS -> statistics(client, count);
        case PLAN -> plan(client, count);
      }
    }
  }
}
