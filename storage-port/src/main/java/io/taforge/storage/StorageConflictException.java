package io.taforge.storage;

/** The condition of a write or delete does not hold, so nothing has changed. */
public final class StorageConflictException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Which condition. */
  public enum Condition {
    /** It was to be created, and is already there. */
    ABSENT,
    /** It was to be the one that was read before, and is another or gone. */
    UNCHANGED
  }

  private final Condition condition;

  /** With the condition, and the reason as the end of a sentence. */
  public StorageConflictException(FailureContext context, Condition condition, String reason) {
    super(context, reason, null);
    this.condition = condition;
  }

  /** With the condition, the reason as the end of a sentence, and what brought it about. */
  public StorageConflictException(
      FailureContext context, Condition condition, String reason, Throwable cause) {
    super(context, reason, cause);
    this.condition = condition;
  }

  /** Something was to be created and is already stored. */
  public static StorageConflictException alreadyStored(FailureContext context) {
    return new StorageConflictException(context, Condition.ABSENT, "it is already stored");
  }

  /** Something is no longer what it was when it was read. */
  public static StorageConflictException changed(FailureContext context) {
    return new StorageConflictException(
        context, Condition.UNCHANGED, "it has changed since it was read");
  }

  /** Which condition does not hold. */
  public Condition condition() {
    return condition;
  }

  /** 409 if it was to be absent, 412 if it was to be unchanged. */
  @Override
  public int httpStatus() {
    return condition == Condition.ABSENT ? 409 : 412;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
