package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does many like things side by side, a limited number at a time, for callers that wait for all of
 * them: the parts of an upload, the batches of a deletion, the details of a listing. The threads
 * are daemons and end when they have had nothing to do for some seconds.
 */
public final class SideBySide implements AutoCloseable {
  private final int most;
  private final ExecutorService threads;

  /** So many at a time for each caller, in threads of this name. */
  public SideBySide(int most, String name) {
    this.most = most;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "taforge-" + name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does one thing for each of these; see {@link #each(List, Function, Runnable, FailureContext)}.
   */
  public <T, R> List<R> each(
      List<? extends T> things, Function<T, R> work, FailureContext context) {
    return each(things, work, () -> {}, context);
  }

  /**
   * Does one thing for each of these and returns the results in the same order. When one fails, no
   * other is begun, those under way are interrupted, and the failure is thrown when all have ended.
   *
   * @param stop is called once when no more is wanted, to bring what is under way to its end
   * @throws StorageException what the first to fail has thrown
   * @throws StorageInterruptedException if the calling thread is interrupted
   */
  public <T, R> List<R> each(
      List<? extends T> things, Function<T, R> work, Runnable stop, FailureContext context) {
    if (things.size() <= 1 || most == 1) {
      return inTurn(things, work);
    }
    Run<T, R> run = new Run<>(things, work, stop, Math.min(most, things.size()));
    begin(run, context);
    try {
      run.ended.await();
    } catch (InterruptedException e) {
      StorageInterruptedException interrupted =
          new StorageInterruptedException(context, "the thread was interrupted", e);
      run.fail(interrupted);
      run.awaitEnd();
      Thread.currentThread().interrupt();
      throw interrupted;
    }
    return run.results();
  }

  private <T, R> void begin(Run<T, R> run, FailureContext context) {
    int begun = 0;
    try {
      while (begun < run.workers) {
        threads.execute(run);
        begun++;
      }
    } catch (RejectedExecutionException e) {
      run.fail(new StorageClosedException(context, "the store has been closed"), begun);
    } catch (OutOfMemoryError e) {
      run.fail(e, begun); // there is no thread to be had
    }
  }

  /**
   * Begins one thing, whatever else is under way, and does not wait for it.
   *
   * @throws StorageClosedException if nothing can be begun any more
   */
  <R> Future<R> begin(Callable<R> work, FailureContext context) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new StorageClosedException(context, "the store has been closed");
    }
  }

  /** Ends the threads; what is under way is interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static <T, R> List<R> inTurn(List<? extends T> things, Function<T, R> work) {
    List<R> results = new ArrayList<>();
    for (T each : things) {
      results.add(work.apply(each));
    }
    return results;
  }

  private static final class Run<T, R> implements Runnable {
    private final List<? extends T> things;
    private final Function<T, R> work;
    private final Runnable stop;
    private final int workers;
    private final CountDownLatch ended;
    private final AtomicInteger next = new AtomicInteger();
    private final List<@Nullable R> results;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Set<Thread> active = ConcurrentHashMap.newKeySet();

    Run(List<? extends T> things, Function<T, R> work, Runnable stop, int workers) {
      this.things = things;
      this.work = work;
      this.stop = stop;
      this.workers = workers;
      this.ended = new CountDownLatch(workers);
      this.results = new ArrayList<>(Collections.nCopies(things.size(), null));
    }

    @Override
    public void run() {
      active.add(Thread.currentThread());
      try {
        for (int i = next.getAndIncrement();
            i < things.size() && failure.get() == null;
            i = next.getAndIncrement()) {
          results.set(i, work.apply(things.get(i))); // each place is written by one thread
        }
      } catch (RuntimeException | Error e) {
        fail(e);
      } finally {
        active.remove(Thread.currentThread());
        ended.countDown();
      }
    }

    void fail(Throwable reason) {
      if (failure.compareAndSet(null, reason)) {
        stop.run();
        active.stream()
            .filter(each -> !each.equals(Thread.currentThread()))
            .forEach(Thread::interrupt);
      }
    }

    /** When no more than so many have begun, and no other will. */
    void fail(Throwable reason, int begun) {
      fail(reason);
      for (int other = begun; other < workers; other++) {
        ended.countDown();
      }
    }

    void awaitEnd() {
      boolean isOver = false;
      while (!isOver) {
        try {
          ended.await();
          isOver = true;
        } catch (InterruptedException e) {
          // the caller is interrupted already and will be told so
        }
      }
    }

    List<R> results() {
      Throwable reason = failure.get();
      if (reason instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (reason instanceof Error error) {
        throw error;
      }
      @SuppressWarnings("NullAway") // without a failure every place has been written
      List<R> complete = List.copyOf(results);
      return complete;
    }
  }
}
