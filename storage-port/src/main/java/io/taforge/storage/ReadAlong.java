package io.taforge.storage;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a second reader have all bytes that pass by, in their order, in a thread of its own, so that
 * content is hashed while its next bytes are read and written. Small content, for which a thread
 * does not pay, is read in line.
 *
 * <p>It takes a copy of the bytes, in memory of about a megabyte, and waits when the second reader
 * is that far behind. The thread is a daemon and ends with {@link #finish} or {@link #close},
 * whatever has happened. Not for use by several threads.
 */
public final class ReadAlong implements AutoCloseable {
  /** What is not larger does not get a thread. */
  static final int MOST_IN_LINE = 1 << 20;

  private static final int CHUNK = 128 * 1024;
  private static final int CHUNKS = 8;

  /** The second reader; it is called by one thread at a time and must not wait for anything. */
  @FunctionalInterface
  public interface Reader {
    /** Reads some bytes, which change when it returns. */
    void read(byte[] bytes, int offset, int length);
  }

  private final Reader reader;
  private long count;
  private @Nullable Aside aside;
  private boolean isOver;

  /** For this reader. */
  public ReadAlong(Reader reader) {
    this.reader = reader;
  }

  /** These bytes pass by; they may be changed afterwards. */
  public void read(byte[] bytes, int offset, int length) {
    count += length;
    if (aside == null && count > MOST_IN_LINE) {
      begin();
    }
    if (aside == null) {
      reader.read(bytes, offset, length);
    } else if (!isOver) {
      aside.read(bytes, offset, length);
    }
  }

  private void begin() {
    Aside begun = new Aside(reader);
    try {
      Thread thread = new Thread(null, begun, "taforge-read-along", 0, false);
      thread.setDaemon(true);
      thread.start();
      aside = begun;
    } catch (OutOfMemoryError e) {
      count = Long.MIN_VALUE; // there is no thread to be had: all of it in line
    }
  }

  /**
   * Waits until the second reader has read everything, and throws what it has thrown. An interrupt
   * does not end that, because it is over in a moment.
   */
  public void finish() {
    if (aside != null && !isOver) {
      isOver = true;
      aside.finish();
    }
  }

  /** Ends it, wherever the second reader is. */
  @Override
  public void close() {
    if (aside != null && !isOver) {
      isOver = true;
      aside.abandon();
    }
  }

  /** The thread, and the chunks of memory that go around between it and the first reader. */
  private static final class Aside implements Runnable {
    private final Reader reader;
    private final byte[][] chunks = new byte[CHUNKS][CHUNK];
    private final int[] lengths = new int[CHUNKS];
    private final Semaphore free = new Semaphore(CHUNKS);
    private final Semaphore full = new Semaphore(0);
    private final Semaphore over = new Semaphore(0);
    private int current;
    private int filled;
    private volatile boolean isAbandoned;
    private volatile @Nullable Throwable failure;

    Aside(Reader reader) {
      this.reader = reader;
    }

    void read(byte[] bytes, int offset, int length) {
      for (int done = 0; done < length; ) {
        if (filled == 0) {
          free.acquireUninterruptibly();
        }
        int taken = Math.min(CHUNK - filled, length - done);
        System.arraycopy(bytes, offset + done, chunks[current], filled, taken);
        filled += taken;
        done += taken;
        if (filled == CHUNK) {
          handOver();
        }
      }
    }

    private void handOver() {
      lengths[current] = filled;
      filled = 0;
      current = (current + 1) % CHUNKS;
      full.release();
    }

    void finish() {
      if (filled > 0) {
        handOver();
      }
      free.acquireUninterruptibly();
      handOver(); // an empty chunk is the end
      over.acquireUninterruptibly();
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      }
    }

    void abandon() {
      isAbandoned = true;
      full.release();
      free.release(CHUNKS); // should another thread be waiting in here
      over.acquireUninterruptibly();
    }

    @Override
    public void run() {
      int next = 0;
      full.acquireUninterruptibly();
      while (!isAbandoned && lengths[next] > 0) {
        read(next);
        free.release();
        next = (next + 1) % CHUNKS;
        full.acquireUninterruptibly();
      }
      over.release(2); // one thread may finish what another one abandons
    }

    /** After a failure nothing is read any more, but nobody is to wait for that. */
    private void read(int chunk) {
      if (failure == null) {
        try {
          reader.read(chunks[chunk], 0, lengths[chunk]);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
    }
  }
}
