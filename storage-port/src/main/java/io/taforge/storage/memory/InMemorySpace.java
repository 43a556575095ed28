package io.taforge.storage.memory;

import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.link.LinkAuthority;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** What several {@link InMemoryArtifactStore}s have in common: buckets, and what is in them. */
public final class InMemorySpace {
  private final Clock clock;
  private final Buckets buckets;
  private final ConcurrentSkipListMap<String, InMemoryArtifact> artifacts =
      new ConcurrentSkipListMap<>(ArtifactKey.UTF_8_ORDER);
  private final Set<ArtifactKind> existing = EnumSet.noneOf(ArtifactKind.class);
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong versions = new AtomicLong();
  private final InMemoryFaults faults = new InMemoryFaults();
  private final InMemoryLease lease;
  private final LinkAuthority links;

  /** Empty, with the default buckets, which are yet to be created. */
  public InMemorySpace(Clock clock) {
    this(clock, Buckets.defaults());
  }

  /** Empty, with these buckets, which are yet to be created. */
  public InMemorySpace(Clock clock, Buckets buckets) {
    this.clock = clock;
    this.buckets = buckets;
    this.lease = new InMemoryLease(clock);
    this.links = new LinkAuthority(buckets, new InMemoryLinkBook(), Optional.empty(), clock);
  }

  /** Makes the stores on this space fail, for tests of what copes with that. */
  public InMemoryFaults faults() {
    return faults;
  }

  /**
   * Changes the stored content behind the stores' back and leaves its checksum alone, for tests of
   * what finds that out. Nothing happens if there is no such artifact.
   */
  public void corrupt(ArtifactKey key, Function<byte[], byte[]> damage) {
    locked(
        () ->
            artifacts.computeIfPresent(
                key.value(),
                (same, found) -> found.withContent(damage.apply(found.content().clone()))));
  }

  Clock clock() {
    return clock;
  }

  Buckets buckets() {
    return buckets;
  }

  /** Signs the links of all stores on the space, and knows them again. */
  LinkAuthority links() {
    return links;
  }

  InMemoryLease lease() {
    return lease;
  }

  ConcurrentSkipListMap<String, InMemoryArtifact> artifacts() {
    return artifacts;
  }

  String nextVersion() {
    return Long.toString(versions.incrementAndGet());
  }

  /** Creates the bucket; whether it was missing. */
  boolean create(ArtifactKind kind) {
    return locked(() -> existing.add(kind));
  }

  boolean exists(ArtifactKind kind) {
    return locked(() -> existing.contains(kind));
  }

  void requireBucket(FailureContext context, ArtifactKind kind) {
    if (!exists(kind)) {
      throw new StorageBucketException(context, "there is no bucket " + buckets.of(kind));
    }
  }

  /** Does something that no other write may come between. */
  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
