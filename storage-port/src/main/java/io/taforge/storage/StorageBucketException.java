package io.taforge.storage;

/** A bucket is missing, is not ours, or something about it failed. */
public final class StorageBucketException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageBucketException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageBucketException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 500;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
