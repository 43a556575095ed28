package io.taforge.storage;

/** Content could not be read to its end, for a reason that is not the connection. */
public final class StorageDownloadException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageDownloadException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageDownloadException(FailureContext context, String reason, Throwable cause) {
    super(context, reason, cause);
  }

  @Override
  public int httpStatus() {
    return 502;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
