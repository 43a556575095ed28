package io.taforge.storage;

/** Content is not what it was announced or stored as: its length or its SHA-256 differs. */
public final class StorageIntegrityException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageIntegrityException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageIntegrityException(FailureContext context, String reason, Throwable cause) {
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
