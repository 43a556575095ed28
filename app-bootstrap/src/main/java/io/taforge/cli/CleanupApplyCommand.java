package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.client.CleanupPlan;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Retention;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes what is in a plan. */
@Command(
    name = "apply",
    description = {
      "Removes what a plan of taforge cleanup samples --plan or all --plan holds, and nothing else;"
          + " of that nothing which has changed since.",
      "A run that was broken off can be done again: what it has removed is then told as gone."
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 3 a guard stopped it, 4 partly done.",
      "Example: taforge cleanup apply cleanup.plan"
    })
final class CleanupApplyCommand extends CleanupRunCommand {
  @Parameters(paramLabel = "FILE", description = "The plan.")
  private Path file;

  @Override
  CleanupReport run(Retention retention, ObjectStorageClient client, Settings settings)
      throws IOException {
    CleanupPlan plan;
    try {
      plan = CleanupPlan.read(resolved(file));
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
    return retention.apply(plan, guards());
  }
}
