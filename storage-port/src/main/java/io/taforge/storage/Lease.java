package io.taforge.storage;

/** A right that one process at a time has; see {@link ArtifactStore#acquireLease}. */
public interface Lease extends AutoCloseable {
  /**
   * Makes it last for its whole period again.
   *
   * @throws StorageConflictException if it has run out and somebody else has it
   */
  void renew();

  /** Gives it back; nothing happens if it is not held any more. */
  @Override
  void close();
}
