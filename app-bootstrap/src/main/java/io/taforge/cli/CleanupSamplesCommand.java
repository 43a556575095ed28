package io.taforge.cli;

import io.taforge.storage.client.Cleanup;
import picocli.CommandLine.Command;

/** Removes log samples that have been kept long enough. */
@Command(
    name = "samples",
    description = "Removes log samples that are older than SAMPLE_RETENTION_DAYS.",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 3 a guard stopped it, 4 partly done.",
      "Example: taforge cleanup samples --report cleanup.json"
    })
final class CleanupSamplesCommand extends CleanupPlanCommand {
  @Override
  Cleanup extended(Cleanup samples) {
    return samples;
  }
}
