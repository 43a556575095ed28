package io.taforge.adapter.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Connections: so many at the most, the one that was used last first. */
final class SocketPool implements AutoCloseable {
  /** Servers give up idle connections after a minute or more; Ceph's after 65 seconds. */
  private static final Duration MOST_IDLE = Duration.ofSeconds(50);

  /** For so long a server that has answered is believed to be there still. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /**
   * What connections may take.
   *
   * @param connections how many there are at the most
   * @param acquire how long one may wait for another to be free
   * @param connect how long one may take to come about, greetings included
   * @param read how long nothing may come
   * @param tls makes secure ones; empty if none is wanted
   * @param cleaner closes what has been idle for long, and gives up what takes too long
   */
  record Limits(
      int connections,
      Duration acquire,
      Duration connect,
      Duration read,
      Optional<SSLSocketFactory> tls,
      ScheduledExecutorService cleaner) {}

  private final Limits limits;
  private final SocketWatch watch;
  private final Semaphore free;
  private final Lock lock = new ReentrantLock();
  private final Deque<SocketConnection> idle = new ArrayDeque<>();
  private @Nullable Future<?> cleaning;
  private boolean isClosed;

  SocketPool(Limits limits) {
    this.limits = limits;
    this.watch = new SocketWatch(limits.cleaner());
    this.free = new Semaphore(limits.connections(), true);
  }

  /**
   * Waits until it may use a connection, which must then be given back or discarded.
   *
   * @param left how long it may wait, if not as long as all others
   * @throws SocketTimeoutException if all are in use for too long
   */
  SocketConnection acquire(SocketConnection.Origin origin, Optional<Duration> left)
      throws IOException {
    Duration most =
        left.filter(each -> each.compareTo(limits.acquire()) < 0).orElse(limits.acquire());
    try {
      if (!free.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SocketTimeoutException(
            "all %d connections were in use for %s".formatted(limits.connections(), most));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    Optional<SocketConnection> found = idle(origin);
    while (found.isPresent() && !found.get().isAlive(FRESH)) {
      found.get().close();
      found = idle(origin);
    }
    return found.orElseGet(() -> new SocketConnection(origin, limits));
  }

  /** Gives up what takes too long. */
  SocketWatch watch() {
    return watch;
  }

  /** Takes a connection back that can be used again. */
  void giveBack(SocketConnection connection) {
    connection.rest();
    if (!keep(connection)) {
      connection.close();
    }
    free.release();
  }

  /** Takes a connection back that cannot be used again. */
  void discard(SocketConnection connection) {
    connection.close();
    free.release();
  }

  private Optional<SocketConnection> idle(SocketConnection.Origin origin) {
    Optional<SocketConnection> tooMany;
    lock.lock();
    try {
      for (Iterator<SocketConnection> each = idle.iterator(); each.hasNext(); ) {
        SocketConnection connection = each.next();
        if (connection.origin().equals(origin)) {
          each.remove();
          return Optional.of(connection);
        }
      }
      int open = limits.connections() - free.availablePermits() + idle.size();
      tooMany =
          open > limits.connections() ? Optional.ofNullable(idle.pollLast()) : Optional.empty();
    } finally {
      lock.unlock();
    }
    tooMany.ifPresent(SocketConnection::close); // to another origin
    return Optional.empty();
  }

  private boolean keep(SocketConnection connection) {
    lock.lock();
    try {
      if (isClosed) {
        return false;
      }
      idle.addFirst(connection);
      if (cleaning == null) {
        cleanIn(MOST_IDLE);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void clean() {
    List<SocketConnection> old = new ArrayList<>();
    lock.lock();
    try {
      cleaning = null;
      while (!idle.isEmpty() && idle.getLast().restsFor(MOST_IDLE)) {
        old.add(idle.removeLast());
      }
      if (!idle.isEmpty()) {
        cleanIn(MOST_IDLE.dividedBy(2));
      }
    } finally {
      lock.unlock();
    }
    old.forEach(SocketConnection::close);
  }

  private void cleanIn(Duration time) {
    cleaning = limits.cleaner().schedule(this::clean, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes what is idle now, and what is in use when it is given back. */
  @Override
  public void close() {
    List<SocketConnection> all;
    lock.lock();
    try {
      isClosed = true;
      all = new ArrayList<>(idle);
      idle.clear();
      if (cleaning != null) {
        cleaning.cancel(false);
      }
    } finally {
      lock.unlock();
    }
    all.forEach(SocketConnection::close);
  }
}
