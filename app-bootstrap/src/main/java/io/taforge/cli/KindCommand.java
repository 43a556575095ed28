package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;

/** The commands about one kind of artifact. */
interface KindCommand {
  ArtifactKind kind();
}
