package io.taforge.storage;

/** Content is not what it has to be to be admitted; nothing of it was stored. */
public final class StorageRejectedException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** With what is wrong with the content, as the end of a sentence. */
  public StorageRejectedException(FailureContext context, String reason) {
    super(context, "it is not admitted: " + reason, null);
    this.reason = reason;
  }

  /** What is wrong with the content, and what is allowed instead. */
  public String reason() {
    return reason;
  }

  @Override
  public int httpStatus() {
    return 422;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
