package io.taforge.storage.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs a limited number of tasks at a time; the others wait in order, without a thread. */
final class BoundedExecutor {
  private final Executor executor;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Task<?>> waiting = new ArrayDeque<>();
  private int running;

  BoundedExecutor(Executor executor, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " is not a concurrency: it must be 1 or more");
    }
    this.executor = executor;
    this.most = most;
  }

  <T> CompletableFuture<T> submit(Callable<T> work) {
    Task<T> task = new Task<>(work);
    lock.lock();
    try {
      waiting.add(task);
    } finally {
      lock.unlock();
    }
    startNext();
    return task;
  }

  private void startNext() {
    Task<?> task = takeNext();
    if (task == null) {
      return;
    }
    try {
      executor.execute(() -> runAndGoOn(task));
    } catch (RejectedExecutionException e) {
      task.completeExceptionally(e);
      finished();
    }
  }

  private void runAndGoOn(Task<?> task) {
    try {
      task.run();
    } finally {
      finished();
    }
  }

  private void finished() {
    lock.lock();
    try {
      running--;
    } finally {
      lock.unlock();
    }
    startNext();
  }

  private @Nullable Task<?> takeNext() {
    lock.lock();
    try {
      while (running < most) {
        Task<?> task = waiting.poll();
        if (task == null) {
          return null;
        }
        if (!task.isDone()) { // cancelled before its turn
          running++;
          return task;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** A future whose cancellation interrupts the thread that works on it. */
  private static final class Task<T> extends CompletableFuture<T> {
    private final Callable<T> work;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread worker;

    Task(Callable<T> work) {
      this.work = work;
    }

    void run() {
      if (!begin()) {
        return;
      }
      try {
        T result = work.call();
        end();
        if (!complete(result)) {
          closeUnwanted(result);
        }
      } catch (Throwable e) {
        end();
        completeExceptionally(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean isCancelled = super.cancel(mayInterruptIfRunning);
      lock.lock();
      try {
        if (isCancelled && worker != null) {
          worker.interrupt();
        }
      } finally {
        lock.unlock();
      }
      return isCancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }

    private boolean begin() {
      lock.lock();
      try {
        worker = Thread.currentThread();
        return !isDone();
      } finally {
        lock.unlock();
      }
    }

    /** From here on the thread is not this task's, and an interrupt meant for the task is void. */
    private void end() {
      lock.lock();
      try {
        worker = null;
        if (isCancelled()) {
          Thread.interrupted();
        }
      } finally {
        lock.unlock();
      }
    }

    /** A download that was cancelled at the last moment has nobody else to close it. */
    private static void closeUnwanted(@Nullable Object result) throws Exception {
      if (result instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
  }
}
