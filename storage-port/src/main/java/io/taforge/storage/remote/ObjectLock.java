package io.taforge.storage.remote;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an object say of its lock. A server tells them only to who may see them: on
 * Amazon S3 that takes {@code s3:GetObjectLegalHold} and {@code s3:GetObjectRetention}.
 */
public final class ObjectLock {
  private ObjectLock() {}

  /**
   * Whether the server would refuse to remove the object now.
   *
   * @param legalHold what {@code x-amz-object-lock-legal-hold} says
   * @param retainUntil what {@code x-amz-object-lock-retain-until-date} says
   * @param now the server's clock, from the same answer; empty if it does not tell, and then a date
   *     that is told counts as one in the future
   */
  public static boolean isInForce(
      @Nullable String legalHold, Optional<Instant> retainUntil, Optional<Instant> now) {
    boolean isHeld = "ON".equalsIgnoreCase(legalHold);
    return isHeld || retainUntil.filter(end -> now.map(end::isAfter).orElse(true)).isPresent();
  }
}
