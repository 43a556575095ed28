package io.taforge.cli;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.config.Settings;
import io.taforge.storage.client.Cleanup;
import io.taforge.storage.client.CleanupPlan;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupPlan.Unclear;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.CleanupTrial;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a plan of what is to be removed, and applies it unless it is only to be looked at. */
@Command
abstract class CleanupPlanCommand extends CleanupRunCommand {
  @Option(names = "--dry-run", description = "Print what would be removed, and remove nothing.")
  private boolean isDryRun;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Write what would be removed to a file for taforge cleanup apply, and remove nothing.")
  private Optional<Path> plan = Optional.empty();

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description =
          "Such as 90d or 12h: how old samples must be to go, whatever SAMPLE_RETENTION_DAYS and"
              + " SAMPLE_RETENTION_ENABLED say.")
  private Optional<Duration> period = Optional.empty();

  @Option(
      names = "--keep-newest",
      paramLabel = "N",
      description = "Keep the newest N samples of each request, however old they are.")
  private int newestKept;

  /** What is to be removed besides log samples. */
  abstract Cleanup extended(Cleanup samples);

  @Override
  final CleanupReport run(Retention retention, ObjectStorageClient client, Settings settings) {
    Cleanup cleanup = extended(Cleanup.of(policy(settings))).guardedBy(guards());
    prepare(client, settings);
    if (!isDryRun && plan.isEmpty()) {
      return retention.cleanUp(cleanup);
    }
    try (CleanupTrial trial = trial(retention, cleanup)) {
      if (isDryRun && !root().isJson()) {
        trial.plan().ifPresent(this::print);
      }
      return trial.report();
    }
  }

  private RetentionPolicy policy(Settings settings) {
    RetentionPolicy policy;
    try {
      policy =
          period
              .map(RetentionPolicy::samplesFor)
              .orElse(settings.retention())
              .keepingNewest(newestKept);
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    if (policy.period().isEmpty()) {
      root().warn("taforge: SAMPLE_RETENTION_ENABLED is false, so no log sample expires");
    }
    return policy;
  }

  private CleanupTrial trial(Retention retention, Cleanup cleanup) {
    return plan.map(file -> retention.plan(cleanup, resolved(file)))
        .orElseGet(() -> retention.plan(cleanup));
  }

  private void print(CleanupPlan made) {
    made.forEach(entry -> root().line(sentence(entry)));
  }

  private static String sentence(Entry entry) {
    if (entry instanceof ExpiredSample expired) {
      return "would remove %s (%s, %s)"
          .formatted(
              expired.sample().key(), ByteSize.of(expired.size()), Facts.time(expired.storedAt()));
    }
    if (entry instanceof Debris debris) {
      return "would remove %s %s of %s"
          .formatted(
              CleanupText.words(debris.leftover().type()),
              CleanupText.printable(debris.leftover().name()),
              Facts.time(debris.leftover().since()));
    }
    Unclear unclear = (Unclear) entry;
    return "would leave alone %s: %s"
        .formatted(unclear.sample().key(), CleanupText.printable(unclear.reason().message()));
  }
}
