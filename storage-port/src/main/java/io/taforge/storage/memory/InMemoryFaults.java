package io.taforge.storage.memory;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * What a backend over a network does to its callers, on demand: for tests of applications. A
 * failure that is retryable is tried again, three times in all, as adapters do.
 */
public final class InMemoryFaults {
  private static final int MAX_ATTEMPTS = 3;

  private final AtomicInteger remaining = new AtomicInteger();
  private volatile BiFunction<FailureContext, String, StorageException> failure =
      StorageConnectionException::new;
  private final AtomicReference<Duration> stall = new AtomicReference<>(Duration.ZERO);
  private final Set<ArtifactKey> undeletable = ConcurrentHashMap.newKeySet();

  InMemoryFaults() {}

  /**
   * The next attempts of any operation fail like this.
   *
   * @param attempts how many; {@link Integer#MAX_VALUE} for all
   * @param kind makes the failure, such as {@code StorageConnectionException::new}
   */
  public void failNext(int attempts, BiFunction<FailureContext, String, StorageException> kind) {
    failure = kind;
    remaining.set(attempts);
  }

  /**
   * The next attempt of any operation gets no answer, until the store's patience is at its end.
   *
   * @param patience how long that is
   */
  public void stallNext(Duration patience) {
    stall.set(patience);
  }

  /** Nothing fails any more. */
  public void heal() {
    remaining.set(0);
    stall.set(Duration.ZERO);
    undeletable.clear();
  }

  /** From now on this artifact cannot be deleted. */
  public void makeUndeletable(Artifact artifact) {
    undeletable.add(artifact.key());
  }

  boolean isUndeletable(Artifact artifact) {
    return undeletable.contains(artifact.key());
  }

  /** Lets an operation through, or fails it after as many attempts as it deserves. */
  void pass(FailureContext context) {
    Duration patience = stall.getAndSet(Duration.ZERO);
    if (!patience.isZero()) {
      waitInVain(context, patience);
    }
    for (int attempt = 1; ; attempt++) {
      if (remaining.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : Math.max(0, n - 1)) == 0) {
        return;
      }
      StorageException fault =
          failure.apply(context.withAttempts(attempt), "this is a fault made for a test");
      if (!fault.isRetryable() || attempt == MAX_ATTEMPTS) {
        throw fault;
      }
    }
  }

  private static void waitInVain(FailureContext context, Duration patience) {
    try {
      Thread.sleep(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    }
    throw new StorageConnectionException(context, "there was no answer within " + patience);
  }
}
