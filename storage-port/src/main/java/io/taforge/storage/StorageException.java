package io.taforge.storage;

import org.jspecify.annotations.Nullable;

/**
 * Something could not be done. The subclasses are named after what a caller can do about it; there
 * are no others, so a {@code switch} over them is complete.
 *
 * <p>The message is a sentence with the facts. It never holds a secret, nor does any cause's.
 */
public abstract sealed class StorageException extends RuntimeException
    permits StorageAccessDeniedException,
        StorageAuditException,
        StorageBucketException,
        StorageClosedException,
        StorageConflictException,
        StorageConnectionException,
        StorageDownloadException,
        StorageIntegrityException,
        StorageInterruptedException,
        StorageNotFoundException,
        StorageQuotaExceededException,
        StorageRangeException,
        StorageRejectedException,
        StorageRetentionException,
        StorageUnsupportedException,
        StorageUploadException {
  private static final long serialVersionUID = 1L;

  private final FailureContext context;

  StorageException(FailureContext context, String reason, @Nullable Throwable cause) {
    super(context.sentence(reason), cause);
    this.context = context;
  }

  /** What the store was doing. */
  public final FailureContext context() {
    return context;
  }

  /** The HTTP status that a service answers with. */
  public abstract int httpStatus();

  /** Whether the very same call may succeed a moment later. */
  public abstract boolean isRetryable();
}
