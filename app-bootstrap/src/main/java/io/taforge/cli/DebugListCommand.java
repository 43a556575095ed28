package io.taforge.cli;

import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Stored;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells which debug bundles of a validation run there are. */
@Command(
    name = "list",
    description = "Lists debug bundles of a validation run, in the order of their names.",
    footer = {"", "Example: taforge debug list 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"})
final class DebugListCommand extends ListCommand {
  @Parameters(paramLabel = "RUN", description = "The id, a UUID.")
  private ValidationRunId id;

  @Override
  Found found(ObjectStorageClient client) {
    return new Found(
        "validation_run_id",
        id,
        "debug_bundles",
        client.debugBundlesOf(id).map(Stored::facts).toList());
  }
}
