package io.taforge.storage;

/** The credentials are wrong, or do not suffice. */
public final class StorageAccessDeniedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageAccessDeniedException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageAccessDeniedException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 403;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
