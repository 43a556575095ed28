package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import picocli.CommandLine.Command;

/** The commands about debug bundles. */
@Command(
    name = "debug",
    description = "Uploads, lists, downloads and deletes debug bundles.",
    footer = {"", "Example: taforge debug list 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"},
    subcommands = {
      DebugUploadCommand.class,
      DebugListCommand.class,
      DownloadCommand.class,
      DeleteCommand.class,
      UrlCommand.class
    })
final class DebugCommand implements KindCommand {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.DEBUG_BUNDLE;
  }
}
