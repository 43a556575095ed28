package io.taforge.adapter.filesystem;

import io.taforge.artifact.Metadata;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Runs in a process of its own until it is killed. It begins when it is told with which step; so
 * another one can be started meanwhile.
 */
final class CrashWriter {
  /** So many steps that there is one of each kind. */
  private static final int ENOUGH = 40;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Path root;
  private final boolean isSloppy;
  private final ArtifactStore fresh;
  private final ArtifactStore old;

  private CrashWriter(Path root, boolean isSloppy) {
    this.root = root;
    this.isSloppy = isSloppy;
    FilesystemSettings settings = FilesystemSettings.at(root);
    fresh = FilesystemArtifactStore.open(settings);
    Clock past = Clock.offset(Clock.systemUTC(), KEPT.plusDays(10).negated());
    old = FilesystemArtifactStore.open(settings.withClock(past));
  }

  public static void main(String[] arguments) throws IOException {
    CrashWriter writer = new CrashWriter(Path.of(arguments[0]), arguments[1].equals("in-place"));
    if (arguments[1].equals("once")) {
      writer.run(0, ENOUGH);
      return;
    }
    StringBuilder first = new StringBuilder();
    for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
      if (next < 0) {
        return;
      }
      first.append((char) next);
    }
    Jvm.endWithParent();
    writer.run(Integer.parseInt(first.toString()), Integer.MAX_VALUE);
  }

  private void run(int first, int end) throws IOException {
    fresh.createBuckets();
    for (int number = first; number < end; number++) {
      CrashStep step = CrashStep.of(number);
      switch (step.what()) {
        case DELETE -> store(step).delete(CrashStep.sample(step.key()));
        case CLEAN_UP -> cleanUp();
        case PUT -> put(step);
      }
      System.out.println("done " + number + ".");
    }
  }

  private ArtifactStore store(CrashStep step) {
    return CrashStep.isExpired(step.key()) ? old : fresh;
  }

  private void put(CrashStep step) throws IOException {
    // as sloppy stores do: metadata first, and then the content into the file that is there
    byte[] content = isSloppy ? new byte[step.size()] : step.content();
    store(step)
        .put(
            CrashStep.sample(step.key()),
            ContentSource.of(content),
            PutOptions.defaults()
                .withMetadata(Metadata.of("step", Integer.toString(step.number()))));
    if (isSloppy) {
      Files.write(
          root.resolve("log-samples").resolve(CrashStep.sample(step.key()).key().value()),
          step.content());
    }
  }

  private void cleanUp() {
    CleanupReport report =
        new ObjectStorageClient(fresh)
            .retention(Clock.systemUTC())
            .cleanUp(
                Cleanup.of(RetentionPolicy.samplesFor(KEPT))
                    .withLeftovers()
                    .guardedBy(CleanupGuards.DEFAULT.withLargestShare(1)));
    if (report.outcome() != CleanupReport.Outcome.DONE) {
      throw new IllegalStateException(report.toString());
    }
  }
}
