package io.taforge.storage.client;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageInterruptedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does the same with many things, several at a time, and hands on what comes of each in the order
 * in which they came. Closing it interrupts what is not done.
 */
final class InOrder<T, R> implements AutoCloseable {
  /** One behind the other, so that handing over costs less than what is to be done. */
  private static final int LARGEST_BATCH = 64;

  private final int most;
  private final Function<T, R> work;
  private final Consumer<R> next;
  private final FailureContext context;
  private final ExecutorService threads;
  private final Deque<Future<List<R>>> underWay = new ArrayDeque<>();
  private List<T> batch = new ArrayList<>();
  private long added;

  InOrder(int most, FailureContext context, Function<T, R> work, Consumer<R> next) {
    this.most = most;
    this.context = context;
    this.work = work;
    this.next = next;
    this.threads = StorageThreads.newExecutor(most);
  }

  /** Begins with one more as soon as there is room. */
  void add(T one) {
    batch.add(one);
    added++;
    // a few are all done side by side, and of many each thread gets several at once
    if (batch.size() >= Math.min(LARGEST_BATCH, added / (4L * most))) {
      begin();
    }
  }

  /** Waits for all. */
  void finish() {
    begin();
    while (!underWay.isEmpty()) {
      handOn();
    }
  }

  private void begin() {
    if (batch.isEmpty()) {
      return;
    }
    if (underWay.size() == most) {
      handOn();
    }
    List<T> together = batch;
    batch = new ArrayList<>();
    underWay.add(threads.submit(() -> together.stream().map(work).toList()));
  }

  private void handOn() {
    try {
      underWay.remove().get().forEach(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("Only unchecked exceptions are thrown here", e);
    }
  }

  /** Waits for what it interrupts: nothing goes on behind the caller's back. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean isInterrupted = Thread.interrupted();
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
