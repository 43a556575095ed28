package io.taforge.storage;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.UploadLimit;

/** Content is larger than is accepted; nothing of it was stored. */
public final class StorageQuotaExceededException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final long limit;
  private final long size;

  /**
   * With the limit, and the size as far as it is known.
   *
   * @param size the announced size, or the number of bytes that were read before it was cut
   */
  public StorageQuotaExceededException(FailureContext context, UploadLimit limit, long size) {
    super(
        context,
        "it has "
            + (size == limit.size().bytes() + 1 ? "more than " + limit.size() : ByteSize.of(size))
            + " and at most "
            + limit.size()
            + " ("
            + limit.size().bytes()
            + " bytes) are accepted",
        null);
    this.limit = limit.size().bytes();
    this.size = size;
  }

  /** The most bytes that are accepted. */
  public long limit() {
    return limit;
  }

  /** The announced size in bytes, or how many were read before it was cut. */
  public long size() {
    return size;
  }

  @Override
  public int httpStatus() {
    return 413;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
