package io.taforge.storage;

/** A range begins at or behind the end of the content. */
public final class StorageRangeException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageRangeException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageRangeException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 416;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
