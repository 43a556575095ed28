package io.taforge.storage;

/**
 * There is no answer, or none in time: name resolution, connection, TLS, a deadline, or a server
 * that stays overloaded after the retries.
 */
public final class StorageConnectionException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageConnectionException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageConnectionException(FailureContext context, String reason, Throwable cause) {
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
