package io.taforge.benchmark.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets so many bytes a second pass in one direction of one connection, as a link does. */
final class Pace {
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(5);

  private final long bytesPerSecond;
  private long free = System.nanoTime();

  /** No limit if it is 0. */
  Pace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits for as long as the link needs for what went before, and takes time for these. */
  void await(long bytes) {
    if (bytesPerSecond == 0) {
      return;
    }
    long now = System.nanoTime();
    free = Math.max(free, now - SLACK) + (long) (bytes * 1e9 / bytesPerSecond);
    while (free - System.nanoTime() > 0) {
      LockSupport.parkNanos(free - System.nanoTime());
    }
  }
}
