package io.taforge.storage.client;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.Lease;
import java.time.Duration;
import java.util.Optional;

/** The time for which this process alone cleans up, where the store has leases. */
final class Tenure implements AutoCloseable {
  /** What nobody renews for so long is over; so long another cleaner waits for one that died. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Duration RENEWAL = Duration.ofSeconds(15);

  private final Optional<Lease> lease;
  private long renewedAt = System.nanoTime();

  private Tenure(Optional<Lease> lease) {
    this.lease = lease;
  }

  /**
   * Begins it.
   *
   * @throws io.taforge.storage.StorageConflictException if somebody else cleans up
   */
  static Tenure begin(ArtifactStore store, String holder) {
    return new Tenure(
        store.capabilities().contains(Capability.LEASES)
            ? Optional.of(store.acquireLease(holder, PERIOD))
            : Optional.empty());
  }

  /**
   * Makes it last.
   *
   * @throws io.taforge.storage.StorageConflictException if it is over
   */
  void renewIfDue() {
    if (System.nanoTime() - renewedAt > RENEWAL.toNanos()) {
      lease.ifPresent(Lease::renew);
      renewedAt = System.nanoTime();
    }
  }

  @Override
  public void close() {
    lease.ifPresent(Lease::close);
  }
}
