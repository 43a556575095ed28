package io.taforge.storage.memory;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.StorageConflictException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The lease of a space: who has it, and until when. */
final class InMemoryLease {
  private final Clock clock;
  private final AtomicReference<@Nullable Grant> grant = new AtomicReference<>();

  InMemoryLease(Clock clock) {
    this.clock = clock;
  }

  /** That somebody has it; each grant is itself alone, whoever has it. */
  private static final class Grant {
    private final String holder;
    private final Instant end;

    Grant(String holder, Instant end) {
      this.holder = holder;
      this.end = end;
    }
  }

  Lease acquire(String holder, Duration period, FailureContext context) {
    Grant fresh = new Grant(holder, clock.instant().plus(period));
    Grant found = grant.get();
    if (isValid(found) || !grant.compareAndSet(found, fresh)) {
      throw taken(context);
    }
    return new Held(holder, period, context, fresh);
  }

  private boolean isValid(@Nullable Grant one) {
    return one != null && clock.instant().isBefore(one.end);
  }

  private StorageConflictException taken(FailureContext context) {
    Grant other = grant.get();
    return new StorageConflictException(
        context,
        StorageConflictException.Condition.ABSENT,
        other == null
            ? "somebody else had it a moment ago"
            : other.holder + " has it until " + other.end);
  }

  private final class Held implements Lease {
    private final String holder;
    private final Duration period;
    private final FailureContext context;
    private final AtomicReference<Grant> own;

    Held(String holder, Duration period, FailureContext context, Grant own) {
      this.holder = holder;
      this.period = period;
      this.context = context;
      this.own = new AtomicReference<>(own);
    }

    @Override
    public void renew() {
      Grant before = own.get();
      Grant fresh = new Grant(holder, clock.instant().plus(period));
      if (!grant.compareAndSet(before, fresh)) {
        throw taken(context);
      }
      own.set(fresh);
    }

    @Override
    public void close() {
      grant.compareAndSet(own.get(), null);
    }
  }
}
