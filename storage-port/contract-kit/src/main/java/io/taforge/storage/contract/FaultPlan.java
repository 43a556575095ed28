package io.taforge.storage.contract;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which call meets which fault, by a script and by lot, and which ones have. */
final class FaultPlan {
  /** Decides by lot, from nothing but what it is given. */
  interface Lot {
    Optional<StoreFault> draw(Operation operation, long call, boolean isWholeContent);
  }

  static final Lot NOTHING = (operation, call, isWholeContent) -> Optional.empty();

  /** A load test of hours is not to be filled by what it is told. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Lock lock = new ReentrantLock();
  private final Map<Operation, Long> calls = new EnumMap<>(Operation.class);
  private final Map<Operation, Map<Long, StoreFault>> scripted = new EnumMap<>(Operation.class);
  private final Map<Operation, Deque<StoreFault>> next = new EnumMap<>(Operation.class);
  private final Map<Operation, StoreFault> always = new EnumMap<>(Operation.class);
  private final Deque<Injection> injections = new ArrayDeque<>();
  private long count;
  private Lot lot;

  FaultPlan(Lot lot) {
    this.lot = lot;
  }

  void atCall(Operation operation, long call, StoreFault fault) {
    locked(() -> scripted.computeIfAbsent(operation, any -> new HashMap<>()).put(call, fault));
  }

  void next(Operation operation, StoreFault fault) {
    locked(() -> next.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(fault));
  }

  void always(Operation operation, StoreFault fault) {
    locked(() -> always.put(operation, fault));
  }

  void heal() {
    locked(
        () -> {
          scripted.clear();
          next.clear();
          always.clear();
          lot = NOTHING;
        });
  }

  List<Injection> injections() {
    lock.lock();
    try {
      return List.copyOf(injections);
    } finally {
      lock.unlock();
    }
  }

  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** What befalls this call, which counts. */
  Optional<StoreFault> fault(FailureContext context, boolean isWholeContent) {
    lock.lock();
    try {
      long call = calls.merge(context.operation(), 1L, Long::sum);
      Optional<StoreFault> fault = choose(context.operation(), call, isWholeContent);
      fault.ifPresent(some -> remember(new Injection(call, context, some)));
      return fault;
    } finally {
      lock.unlock();
    }
  }

  private Optional<StoreFault> choose(Operation operation, long call, boolean isWholeContent) {
    StoreFault fault = scripted.getOrDefault(operation, Map.of()).get(call);
    if (fault == null) {
      fault = polled(operation);
    }
    if (fault == null) {
      fault = always.get(operation);
    }
    return fault == null ? lot.draw(operation, call, isWholeContent) : Optional.of(fault);
  }

  private @Nullable StoreFault polled(Operation operation) {
    Deque<StoreFault> waiting = next.get(operation);
    return waiting == null ? null : waiting.poll();
  }

  private void remember(Injection injection) {
    count++;
    injections.add(injection);
    if (injections.size() > MOST_REMEMBERED) {
      injections.remove();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
