package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import picocli.CommandLine.Command;

/** The commands about TA bundles. */
@Command(
    name = "bundles",
    description = "Uploads, lists, downloads and deletes TA bundles.",
    footer = {"", "Example: taforge bundles list 5b0cf5a6-93d3-4b8e-9f19-6b1a52a7d6a2"},
    subcommands = {
      BundleUploadCommand.class,
      BundleListCommand.class,
      DownloadCommand.class,
      DeleteCommand.class,
      UrlCommand.class
    })
final class BundlesCommand implements KindCommand {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.TA_BUNDLE;
  }
}
