package io.taforge.storage;

/**
 * The calling thread was interrupted; its interrupt status is set. Nothing has changed that a
 * reader can see.
 */
public final class StorageInterruptedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageInterruptedException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageInterruptedException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 503;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
