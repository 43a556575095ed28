package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps writers of one artifact apart, in this process by a lock and in others by a lock on a byte
 * of a file that all have open. Keys share 1,024 such locks by their hashes.
 *
 * <p>A process has one channel to the file, because POSIX drops all locks of a process on a file as
 * soon as it closes any channel to it; see {@link WriterSpace}.
 */
final class KeyLocks implements AutoCloseable {
  private static final int STRIPES = 1024;
  private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private final Optional<FileChannel> file;
  private final ReentrantLock[] locks = new ReentrantLock[STRIPES + 1];

  /** With the file that other processes lock, too; without one where there are no others. */
  KeyLocks(Optional<FileChannel> file) {
    this.file = file;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** Something that is locked until it is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Waits until nobody else writes this artifact.
   *
   * @throws InterruptedIOException if the thread is interrupted meanwhile
   */
  Held lock(ArtifactKey key) throws IOException {
    return lock(Math.floorMod(key.value().hashCode(), STRIPES));
  }

  /** Waits until nobody else makes or removes folders of {@link Workshop}s. */
  Held lockHousekeeping() throws IOException {
    return lock(STRIPES);
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  private Held lock(int stripe) throws IOException {
    ReentrantLock lock = locks[stripe];
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      Optional<FileLock> held =
          file.isPresent() ? Optional.of(lock(file.get(), stripe)) : Optional.empty();
      return () -> {
        try {
          if (held.isPresent()) {
            release(held.get());
          }
        } finally {
          lock.unlock();
        }
      };
    } catch (IOException | RuntimeException e) {
      lock.unlock();
      throw e;
    }
  }

  /** Asks again and again: an interrupt during a blocking lock would close the shared channel. */
  private static FileLock lock(FileChannel channel, int stripe) throws IOException {
    for (long pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      FileLock lock = channel.tryLock(stripe, 1, false);
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(pause);
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
    }
  }

  /**
   * Once more if need be: what is not released stays locked until this process ends, and a channel
   * that fails to release it while it is closed stays open.
   */
  static void release(FileLock lock) throws IOException {
    try {
      lock.release();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      lock.release();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for another writer");
  }
}
