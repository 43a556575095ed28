package io.taforge.storage;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import java.util.List;
import java.util.Optional;

/**
 * What would be lost if a bucket were made anew; see {@link ArtifactStore#recreateBucket}.
 *
 * @param kind what the bucket holds
 * @param bucket its name
 * @param objects how many objects are in it, artifacts or not
 * @param size how many bytes they have together
 * @param settings what else is there and no work of taforge's, such as {@code a bucket policy} or
 *     {@code the lifecycle rule 'x'}; unmodifiable
 * @param unknown of which of these the backend does not tell whether they are there; unmodifiable
 * @param obstacle why the bucket cannot be made anew at all; empty if it can
 */
public record BucketLoss(
    ArtifactKind kind,
    String bucket,
    long objects,
    ByteSize size,
    List<String> settings,
    List<String> unknown,
    Optional<String> obstacle) {
  /** Keeps copies. */
  public BucketLoss {
    settings = List.copyOf(settings);
    unknown = List.copyOf(unknown);
  }

  /** Of a bucket that is empty, or not there. */
  public static BucketLoss none(ArtifactKind kind, String bucket) {
    return ofObjects(kind, bucket, 0, 0);
  }

  /** Of a bucket on a backend where nothing else can be said of it. */
  public static BucketLoss ofObjects(ArtifactKind kind, String bucket, long objects, long bytes) {
    return new BucketLoss(
        kind, bucket, objects, ByteSize.of(bytes), List.of(), List.of(), Optional.empty());
  }

  /** Whether nothing would be lost that is known of. */
  public boolean isNothing() {
    return objects == 0 && settings.isEmpty();
  }
}
