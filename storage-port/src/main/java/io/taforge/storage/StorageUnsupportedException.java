package io.taforge.storage;

/** The store has no {@link Capability} for this; nothing was done. */
public final class StorageUnsupportedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageUnsupportedException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageUnsupportedException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 501;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
