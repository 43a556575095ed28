package io.taforge.cli;

import io.taforge.artifact.RequestId;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Stored;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells which log samples of a request there are. */
@Command(
    name = "list",
    description = "Lists log samples of a request, in the order of their names.",
    footer = {"", "Example: taforge samples list 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"})
final class SampleListCommand extends ListCommand {
  @Parameters(paramLabel = "REQUEST", description = "The id, a UUID.")
  private RequestId id;

  @Override
  Found found(ObjectStorageClient client) {
    return new Found("request_id", id, "samples", client.samplesOf(id).map(Stored::facts).toList());
  }
}
