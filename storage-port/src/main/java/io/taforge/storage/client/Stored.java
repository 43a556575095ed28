package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.StoredArtifact;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a listing of one kind.
 *
 * @param <A> the kind
 * @param artifact which one
 * @param facts all that is known of it besides its content
 */
public record Stored<A extends Artifact>(A artifact, StoredArtifact facts) {
  /** How many bytes its content has. */
  public long size() {
    return facts.size();
  }

  /** When it was stored, by the backend's clock, at least to the second. */
  public Instant storedAt() {
    return facts.storedAt();
  }

  /** Checksum of the content; empty only for what was not stored by taforge. */
  public Optional<Sha256> sha256() {
    return facts.sha256();
  }

  /** What the content is. */
  public ContentType contentType() {
    return facts.contentType();
  }

  /** What a caller wanted to be remembered with it. */
  public Metadata metadata() {
    return facts.metadata();
  }
}
