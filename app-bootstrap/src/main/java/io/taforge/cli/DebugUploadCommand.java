package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.ValidationRunId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a debug bundle. */
@Command(
    name = "upload",
    description = "Stores a debug bundle, in place of one of the same run and name.",
    footer = {
      "",
      "Example: taforge debug upload debug.zip --run 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"
    })
final class DebugUploadCommand extends UploadCommand {
  @Option(
      names = "--run",
      paramLabel = "UUID",
      required = true,
      description = "The validation run it belongs to.")
  private ValidationRunId run;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "File name; without it that of FILE, or stdin.zip.")
  private Optional<FileName> name = Optional.empty();

  @Override
  Artifact artifact() {
    return new DebugBundle(run, name.orElseGet(() -> fileName("stdin.zip")));
  }
}
