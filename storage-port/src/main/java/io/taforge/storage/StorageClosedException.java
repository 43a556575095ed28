package io.taforge.storage;

/** The store has been closed. */
public final class StorageClosedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageClosedException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageClosedException(FailureContext context, String reason, Throwable cause) {
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
