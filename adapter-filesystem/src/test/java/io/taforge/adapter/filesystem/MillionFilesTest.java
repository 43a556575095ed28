package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.StorageStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many files are listed, counted and cleaned up in a JVM with a heap of 64 MB, and with as much of
 * it however many there are; {@code -Dmillion.files=1000000} makes them a million, whose list would
 * not fit (as MillionArtifactsTest of the port shows).
 */
@Tag("reliability")
class MillionFilesTest {
  private static final int MANY = Integer.getInteger("million.files", 10_000);
  private static final int IN_A_REQUEST = 1000;

  @Test
  void memoryDoesNotGrowWithTheNumberOfFiles(@TempDir Path root) throws Exception {
    String output =
        Jvm.run(
            Map.of(),
            List.of("-Xmx64m"),
            List.of(Upkeep.class.getName(), root.toString(), Integer.toString(MANY)));

    System.out.printf("Reliability R3: %d files, -Xmx64m: %s%n", MANY, output.strip());
    assertThat(output)
        .startsWith(
            "%1$d listed, %1$d counted, %2$d cleaned up, %2$d left".formatted(MANY, MANY / 2));
  }

  static final class Upkeep {
    private static final KeyPrefix SAMPLES = KeyPrefix.all(ArtifactKind.LOG_SAMPLE);

    private Upkeep() {}

    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      int many = Integer.parseInt(arguments[1]);
      Instant now = Instant.now();
      try (FilesystemArtifactStore store =
          FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
        store.createBuckets();
        fill(root.resolve("log-samples/samples"), many, now.minus(Duration.ofDays(31)));
        ObjectStorageClient client = new ObjectStorageClient(store);
        RetentionPolicy month = RetentionPolicy.samplesFor(Duration.ofDays(30));
        long listed = store.scan(SAMPLES).count();
        StorageStats stats = client.storageStats(month, Clock.systemUTC());
        CleanupReport cleanup = client.cleanupExpiredSamples(month, Clock.systemUTC());
        System.out.printf(
            "%d listed, %d counted, %d cleaned up, %d left%n",
            listed, stats.objects(), cleanup.deleted().objects(), store.scan(SAMPLES).count());
      }
    }

    /** As a person would: files in folders, every other one of them old. */
    private static void fill(Path samples, int many, Instant longAgo) throws IOException {
      for (int request = 0; request < many / IN_A_REQUEST; request++) {
        Path folder = Files.createDirectories(samples.resolve(UUID.randomUUID().toString()));
        for (int number = 0; number < IN_A_REQUEST; number++) {
          Path file = Files.write(folder.resolve(number + ".log"), new byte[number % 10]);
          if (number % 2 == 0) {
            Files.setLastModifiedTime(file, FileTime.from(longAgo));
          }
        }
      }
    }
  }
}
