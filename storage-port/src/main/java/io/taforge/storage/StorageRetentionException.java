package io.taforge.storage;

/** A cleanup stopped: its listing is incomplete, a guard was hit, or some of it failed. */
public final class StorageRetentionException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageRetentionException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageRetentionException(FailureContext context, String reason, Throwable cause) {
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
