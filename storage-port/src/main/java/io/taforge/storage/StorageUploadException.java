package io.taforge.storage;

/** Content could not be stored: its source failed, or the backend did not take it. */
public final class StorageUploadException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageUploadException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageUploadException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 502;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
