package io.taforge.cli;

import io.taforge.storage.client.Cleanup;
import picocli.CommandLine.Command;

/** Removes log samples that have been kept long enough, and what writers have left behind. */
@Command(
    name = "all",
    description =
        "Removes log samples that are older than SAMPLE_RETENTION_DAYS, and what writers that died"
            + " have left behind in any bucket a day ago or more: uploads that were not completed,"
            + " temporary files, records of nothing.",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 3 a guard stopped it, 4 partly done.",
      "Example: taforge cleanup all --max-delete 1000 --max-delete 10%"
    })
final class CleanupAllCommand extends CleanupPlanCommand {
  @Override
  Cleanup extended(Cleanup samples) {
    return samples.withLeftovers();
  }
}
