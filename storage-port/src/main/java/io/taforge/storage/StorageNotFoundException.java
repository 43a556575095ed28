package io.taforge.storage;

/** There is no such artifact. A missing bucket is a {@link StorageBucketException}. */
public final class StorageNotFoundException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageNotFoundException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageNotFoundException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 404;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
