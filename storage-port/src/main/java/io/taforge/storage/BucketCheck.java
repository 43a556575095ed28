package io.taforge.storage;

import io.taforge.artifact.ArtifactKind;

/**
 * What was found or done about one bucket in one respect.
 *
 * @param kind what the bucket holds
 * @param bucket its name
 * @param aspect what was looked at or done, such as "exists" or "writable"; in words for people
 * @param status how it is
 * @param detail a sentence with the facts; empty if there is nothing to add
 */
public record BucketCheck(
    ArtifactKind kind, String bucket, String aspect, Status status, String detail) {
  /** How it is. */
  public enum Status {
    /** As it should be. */
    OK,
    /** It was missing and has been made. */
    CREATED,
    /** Not as it should be. */
    FAILED,
    /** The backend does not tell. */
    UNKNOWN
  }
}
