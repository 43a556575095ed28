package io.taforge.storage.audit;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAuditException;

/**
 * Where it is written down who did what; safe for use by many threads. A client tells it of each
 * operation twice: before, so that what cannot be recorded is not done, and after.
 */
public interface AuditTrail {
  /**
   * Makes sure that one more event can be recorded.
   *
   * @param context what is about to be done
   * @throws StorageAuditException if it cannot; then it is not done
   */
  void prepare(FailureContext context);

  /**
   * Records what was done, or was tried.
   *
   * @throws StorageAuditException if that is not possible in spite of all; it has been done
   */
  void record(AuditEvent event);

  /** Records nothing. */
  static AuditTrail none() {
    return new AuditTrail() {
      @Override
      public void prepare(FailureContext context) {
        // there is always room for nothing
      }

      @Override
      public void record(AuditEvent event) {
        // nobody wants to know
      }
    };
  }
}
