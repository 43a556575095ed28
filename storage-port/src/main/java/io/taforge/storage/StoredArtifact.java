package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is known of an artifact besides its content.
 *
 * @param artifact which one
 * @param size how many bytes its content has
 * @param storedAt when it was stored, by the backend's clock, at least to the second
 * @param version tells later whether it has changed since
 * @param sha256 checksum of the content; empty only for what was not stored by taforge
 * @param contentType what the content is
 * @param metadata what a caller wanted to be remembered with it
 * @param isLocked whether the backend itself keeps it from being removed for now, as S3's object
 *     lock does, as far as it tells that to this user
 */
public record StoredArtifact(
    Artifact artifact,
    long size,
    Instant storedAt,
    VersionToken version,
    Optional<Sha256> sha256,
    ContentType contentType,
    Metadata metadata,
    boolean isLocked) {
  /** With nothing that locks it. */
  public StoredArtifact(
      Artifact artifact,
      long size,
      Instant storedAt,
      VersionToken version,
      Optional<Sha256> sha256,
      ContentType contentType,
      Metadata metadata) {
    this(artifact, size, storedAt, version, sha256, contentType, metadata, false);
  }

  /** Whether retention must leave it alone, however old: by a lock or by {@link Metadata#HOLD}. */
  public boolean isHeld() {
    return isLocked || metadata.isHold();
  }

  /** The same as a listing tells it. */
  public ArtifactSummary summary() {
    return new ArtifactSummary(artifact, size, storedAt, version);
  }
}
