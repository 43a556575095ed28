package io.taforge.storage;

/** Something cannot be written down in the audit trail, and so was not done; see the message. */
public final class StorageAuditException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** With the reason, as the end of a sentence. */
  public StorageAuditException(FailureContext context, String reason) {
    super(context, reason, null);
  }

  /** With the reason, as the end of a sentence, and what brought it about. */
  public StorageAuditException(FailureContext context, String reason, Throwable cause) {
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
