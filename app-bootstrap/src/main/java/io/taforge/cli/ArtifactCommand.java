package io.taforge.cli;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A command about one artifact that is named by its key. */
@Command
abstract class ArtifactCommand extends StorageCommand {
  @ParentCommand private KindCommand parent;

  @Parameters(paramLabel = "KEY", description = "The storage key, as upload and list print it.")
  private String key;

  /** The artifact with this key; the key must be of the kind that the command is for. */
  final Artifact artifact() {
    ArtifactKind kind = parent.kind();
    Artifact artifact = Artifact.at(key);
    if (artifact.kind() != kind) {
      throw wrongUsage(
          "'" + key + "' is the key of a " + artifact.kind() + " and not of a " + kind);
    }
    return artifact;
  }
}
