package io.taforge.storage;

import io.taforge.artifact.ArtifactKind;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Something that a writer has left behind, or is still at: it is no artifact, and no listing shows
 * it, but it takes space.
 *
 * @param kind what the bucket holds that it lies in
 * @param type what it is
 * @param name what the backend knows it by, in one line of text
 * @param since when it was begun or last written to, by the backend's clock
 * @param size how many bytes it takes; empty if the backend does not tell
 */
public record Leftover(
    ArtifactKind kind, Type type, String name, Instant since, OptionalLong size) {
  /** What is left behind. */
  public enum Type {
    /** An upload in parts that was neither completed nor aborted. */
    UPLOAD,
    /** A file with content that was not yet in its place. */
    FILE,
    /** A record that describes content which is not there. */
    RECORD
  }
}
