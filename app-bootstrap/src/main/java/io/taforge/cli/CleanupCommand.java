package io.taforge.cli;

import picocli.CommandLine.Command;

/** The commands that remove what has been kept long enough. */
@Command(
    name = "cleanup",
    description = {
      "Removes log samples that are older than SAMPLE_RETENTION_DAYS; TA bundles and debug bundles"
          + " never.",
      "First a plan is made, and nothing is removed unless everything could be listed. A sample"
          + " that was written again since, or is held (taforge-hold=true in its metadata, or a lock"
          + " of the server's), stays."
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 3 a guard stopped it, 4 partly done.",
      "Example: taforge cleanup samples --dry-run"
    },
    subcommands = {CleanupSamplesCommand.class, CleanupAllCommand.class, CleanupApplyCommand.class})
final class CleanupCommand {}
