package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageConnectionException;
import java.time.Duration;

/** How fast bytes come. Only the time in which somebody waits for them counts. */
final class Pace {
  private final TransferSettings settings;
  private final FailureContext context;
  private long waitedNanos;
  private long received;
  private long nanosBefore;
  private long bytesBefore;

  Pace(TransferSettings settings, FailureContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * So many bytes more have come after such a time.
   *
   * @throws StorageConnectionException if that is slower than is allowed
   */
  void waited(long nanos, int bytes, int attempts) {
    waitedNanos += nanos;
    received += bytes;
    Duration waited = Duration.ofNanos(waitedNanos);
    if (waited.compareTo(settings.timeFor(received)) > 0) {
      throw new StorageConnectionException(
          context.withAttempts(attempts),
          "only "
              + received
              + " bytes have come within "
              + waited.toSeconds()
              + " s, which is slower than is allowed");
    }
  }

  /**
   * Whether it has been slower than that since it was last known to be faster, and for such a time.
   */
  boolean isBelow(long bytesPerSecond, Duration time) {
    long nanos = waitedNanos - nanosBefore;
    boolean isFaster = received - bytesBefore >= bytesPerSecond * (nanos / 1e9);
    if (isFaster) {
      bytesBefore = received;
      nanosBefore = waitedNanos;
    }
    return !isFaster && nanos >= time.toNanos();
  }
}
