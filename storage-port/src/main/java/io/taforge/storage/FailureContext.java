package io.taforge.storage;

import static io.taforge.artifact.Quoted.line;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store was doing when it failed, as facts for programs; never a secret. */
public final class FailureContext implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Operation operation;
  private final @Nullable String bucket;
  private final transient @Nullable Artifact artifact;
  private @Nullable String key; // of the artifact, it is written only when somebody asks
  private final @Nullable String requestId;
  private final int attempts;

  private FailureContext(
      Operation operation,
      @Nullable String bucket,
      @Nullable Artifact artifact,
      @Nullable String key,
      @Nullable String requestId,
      int attempts) {
    this.operation = operation;
    this.bucket = bucket;
    this.artifact = artifact;
    this.key = key;
    this.requestId = requestId;
    this.attempts = attempts;
  }

  /** Doing something that concerns no bucket in particular. */
  public static FailureContext of(Operation operation) {
    return new FailureContext(operation, null, null, null, null, 1);
  }

  /** Doing something with a bucket. */
  public static FailureContext of(Operation operation, Buckets buckets, ArtifactKind kind) {
    return new FailureContext(operation, buckets.of(kind), null, null, null, 1);
  }

  /** Doing something with an artifact. */
  public static FailureContext of(Operation operation, Buckets buckets, Artifact artifact) {
    String bucket = buckets.of(artifact.kind());
    return new FailureContext(operation, bucket, artifact, null, null, 1);
  }

  /** Doing something with all keys that begin alike. */
  public static FailureContext of(Operation operation, Buckets buckets, KeyPrefix prefix) {
    return new FailureContext(operation, buckets.of(prefix.kind()), null, prefix.value(), null, 1);
  }

  /** The same for one key of the bucket. */
  public FailureContext withKey(String one) {
    return new FailureContext(operation, bucket, null, one, requestId, attempts);
  }

  /** The same with the id that the server gave the request, which its operator can look up. */
  public FailureContext withRequestId(String id) {
    return new FailureContext(operation, bucket, artifact, key, id, attempts);
  }

  /** The same after so many attempts. */
  public FailureContext withAttempts(int count) {
    return new FailureContext(operation, bucket, artifact, key, requestId, count);
  }

  /** What the store was asked to do. */
  public Operation operation() {
    return operation;
  }

  /** The bucket, if one was concerned. */
  public Optional<String> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** The key or prefix, if one was concerned. */
  public Optional<String> key() {
    return Optional.ofNullable(writtenKey());
  }

  private @Nullable String writtenKey() {
    if (key == null && artifact != null) {
      key = artifact.key().value();
    }
    return key;
  }

  /** The server's name for the request, if there is a server and it has answered. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** How often it was tried, at least 1. */
  public int attempts() {
    return attempts;
  }

  /** A sentence: {@code Cannot put log-samples/samples/…/a.log: it is already stored}. */
  String sentence(String reason) {
    StringBuilder text = new StringBuilder("Cannot ").append(operation);
    if (bucket != null) {
      text.append(' ').append(bucket);
    }
    if (writtenKey() != null) {
      text.append('/').append(writtenKey());
    }
    text.append(": ").append(reason);
    if (attempts > 1) {
      text.append(" (after ").append(attempts).append(" attempts)");
    }
    return line(text.toString());
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    writtenKey();
    out.defaultWriteObject();
  }

  @Override
  public String toString() {
    return line(
        "FailureContext[operation="
            + operation.name()
            + ", bucket="
            + bucket
            + ", key="
            + writtenKey()
            + ", requestId="
            + requestId
            + ", attempts="
            + attempts
            + "]");
  }
}
