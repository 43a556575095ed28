package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at content before it is stored, and may refuse it; see {@link
 * ObjectStorageClient#admitting}. Safe for use by many threads.
 */
@FunctionalInterface
public interface Admission {
  /**
   * What speaks against storing the content as this artifact, as the end of a sentence: what is
   * wrong and what is allowed. Empty if nothing does.
   *
   * @param content a file with the whole content, to be read and left as it is
   * @throws IOException if it cannot be read
   */
  Optional<String> objection(Artifact artifact, Path content) throws IOException;

  /** Whether artifacts of this kind are looked at; the others are stored as they come. */
  default boolean concerns(ArtifactKind kind) {
    return true;
  }
}
