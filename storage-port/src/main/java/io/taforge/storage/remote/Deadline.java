package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageConnectionException;
import java.time.Duration;

/** The moment until which something must be done, retries included. */
public final class Deadline {
  private final Duration allowed;
  private final long startedAt = System.nanoTime();

  private Deadline(Duration allowed) {
    this.allowed = allowed;
  }

  /** So long from now. */
  public static Deadline in(Duration allowed) {
    return new Deadline(allowed);
  }

  /**
   * What is left; more than nothing.
   *
   * @throws StorageConnectionException if nothing is left
   */
  public Duration remaining(FailureContext context) {
    Duration left = allowed.minusNanos(System.nanoTime() - startedAt);
    if (left.isNegative() || left.isZero()) {
      throw passed(context);
    }
    return left;
  }

  /** The failure of what did not make it. */
  public StorageConnectionException passed(FailureContext context) {
    return new StorageConnectionException(context, "the deadline of " + allowed + " has passed");
  }

  /** Whether nothing is left. */
  public boolean hasPassed() {
    return System.nanoTime() - startedAt > allowed.toNanos();
  }
}
