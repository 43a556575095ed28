package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.config.Settings;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Removes one artifact. */
@Command(
    name = "delete",
    description = "Removes one; says whether it was there.",
    footer = {"", "Example: taforge samples delete samples/5b0c…/web.log"})
final class DeleteCommand extends ArtifactCommand {
  @Override
  int run(ObjectStorageClient client, Settings settings) {
    Artifact artifact = artifact();
    DeleteOutcome outcome = client.delete(artifact);
    Map<String, Object> document = Facts.document(artifact);
    document.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    String text =
        outcome == DeleteOutcome.DELETED
            ? "deleted " + artifact.key()
            : "there was no " + artifact.key();
    root().print(new Answer(document, text + "\n"));
    return ExitCode.OK;
  }
}
