package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a log sample. */
@Command(
    name = "upload",
    description = "Stores a log sample, in place of one of the same request and name.",
    footer = {
      "",
      "Examples: taforge samples upload web.log --meta source=web",
      "          journalctl | taforge samples upload - --name journal.log"
    })
final class SampleUploadCommand extends UploadCommand {
  @Option(
      names = "--request",
      paramLabel = "UUID",
      description = "The request it belongs to; without it a new one is made and printed.")
  private Optional<RequestId> request = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "File name; without it that of FILE, or stdin.log.")
  private Optional<FileName> name = Optional.empty();

  @Override
  Artifact artifact() {
    return new LogSample(
        request.orElseGet(RequestId::random), name.orElseGet(() -> fileName("stdin.log")));
  }
}
