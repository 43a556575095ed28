package io.taforge.adapter.filesystem;

import io.taforge.storage.VersionToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a file system tells of a regular file.
 *
 * @param size bytes
 * @param modified its modification time, as precise as the file system keeps it
 * @param identity tells whether two names are the same file; null where there is no such thing
 */
record FileFacts(long size, Instant modified, @Nullable Object identity) {
  /** Changes with every version of an artifact, since each gets a time of its own. */
  VersionToken version() {
    long micros = modified.getEpochSecond() * 1_000_000 + modified.getNano() / 1000;
    return new VersionToken(
        Long.toHexString(micros)
            + "."
            + Integer.toHexString(modified.getNano() % 1000)
            + "-"
            + Long.toHexString(size));
  }

  /** Whether a description that was bound to this size and time is about this file. */
  boolean has(long otherSize, Instant otherModified) {
    return size == otherSize && modified.equals(otherModified);
  }
}
