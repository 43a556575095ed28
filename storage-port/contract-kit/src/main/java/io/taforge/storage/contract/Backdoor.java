package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A way to the stored bytes that does not lead through the store. */
public interface Backdoor {
  /** Replaces the stored content and leaves everything else that is stored as it is. */
  void damage(Artifact artifact, UnaryOperator<byte[]> change);

  /**
   * Puts content under a key of the kind's bucket as another program would; the key may have no
   * layout of taforge's.
   */
  void plant(ArtifactKind kind, String key, byte[] content);

  /** Whatever is left of writes that did not complete: temporary files, unfinished uploads. */
  List<String> leftovers();

  /**
   * Brings it about that this artifact cannot be deleted.
   *
   * @return whether that can be done
   */
  default boolean makeUndeletable(Artifact artifact) {
    return false;
  }

  /**
   * Leaves in the bucket of a kind what a writer leaves that dies in the middle of writing, all
   * that the store tells as {@link io.taforge.storage.ArtifactView#leftovers}.
   *
   * @return whether writers leave anything here
   */
  default boolean plantLeftover(ArtifactKind kind) {
    return false;
  }

  /**
   * Puts a symbolic link to a file or folder outside where the artifact, or the folder it is in,
   * would be.
   *
   * @return whether there are links
   */
  default boolean plantLink(Artifact artifact, boolean asFolder, Path outside) {
    return false;
  }
}
