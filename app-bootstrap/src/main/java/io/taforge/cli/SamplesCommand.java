package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import picocli.CommandLine.Command;

/** The commands about log samples. */
@Command(
    name = "samples",
    description = "Uploads, lists, downloads and deletes log samples.",
    footer = {"", "Example: taforge samples upload web.log --meta source=web"},
    subcommands = {
      SampleUploadCommand.class,
      SampleListCommand.class,
      DownloadCommand.class,
      DeleteCommand.class,
      UrlCommand.class
    })
final class SamplesCommand implements KindCommand {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.LOG_SAMPLE;
  }
}
