package io.taforge.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets further readers have all bytes that pass by, in their order, each in a thread of its own, so
 * that content is hashed while its next bytes are read and written. Small content, for which a
 * thread does not pay, is read in line.
 *
 * <p>The bytes are in memory of about a megabyte that goes around between the threads, and whoever
 * brings them waits when a reader is that far behind. The threads are daemons and end with {@link
 * #finish} or {@link #close}, whatever has happened. Not for use by several threads.
 */
public final class ReadAlong implements AutoCloseable {
  /** What is not larger does not get a thread. */
  static final int MOST_IN_LINE = 1 << 20;

  private static final int CHUNK = 128 * 1024;
  private static final int CHUNKS = 8;

  /** A further reader; it is called by one thread at a time and must not wait for anything. */
  @FunctionalInterface
  public interface Reader {
    /** Reads some bytes, which change when it returns. */
    void read(byte[] bytes, int offset, int length);
  }

  private final List<Reader> readers = new ArrayList<>();
  private long count;
  private @Nullable Aside aside;
  private boolean isOver;

  /** For this reader. */
  public ReadAlong(Reader reader) {
    readers.add(reader);
  }

  /** Lets one reader more have all bytes from now on. */
  public void also(Reader reader) {
    readers.add(reader);
    if (aside != null && !isOver) {
      try {
        aside.add(reader);
      } catch (OutOfMemoryError e) {
        aside.finish();
        aside = null;
        count = Long.MIN_VALUE; // there is no thread to be had: all of it in line
      }
    }
  }

  /**
   * Memory to which the next bytes can be brought behind what {@link #filled} tells, and which then
   * are not copied when they pass by; empty as long as all is read in line. Whoever brings them may
   * go on reading them until this is called again.
   */
  public Optional<byte[]> chunk() {
    return aside == null || isOver ? Optional.empty() : Optional.of(aside.chunk());
  }

  /** How much of the {@link #chunk} has passed by. */
  public int filled() {
    return aside == null || isOver ? 0 : aside.filled;
  }

  /** These bytes pass by; unless they are in the {@link #chunk} they may be changed afterwards. */
  public void read(byte[] bytes, int offset, int length) {
    count += length;
    if (aside == null && count > MOST_IN_LINE) {
      begin();
    }
    if (aside == null) {
      readers.forEach(each -> each.read(bytes, offset, length));
    } else if (!isOver) {
      aside.read(bytes, offset, length);
    }
  }

  private void begin() {
    Aside begun = new Aside();
    try {
      readers.forEach(begun::add);
      aside = begun;
    } catch (OutOfMemoryError e) {
      begun.abandon();
      count = Long.MIN_VALUE; // there is no thread to be had: all of it in line
    }
  }

  /**
   * Waits until the readers have read everything, and throws what one of them has thrown. An
   * interrupt does not end that, because it is over in a moment.
   */
  public void finish() {
    if (aside != null && !isOver) {
      isOver = true;
      aside.finish();
    }
  }

  /** Ends it, wherever the readers are. */
  @Override
  public void close() {
    if (aside != null && !isOver) {
      isOver = true;
      aside.abandon();
    }
  }

  /** The chunks of memory that go around between whoever brings bytes and the readers. */
  private static final class Aside {
    private final byte[][] chunks = new byte[CHUNKS][CHUNK];
    private final int[] lengths = new int[CHUNKS];
    private final List<Lane> lanes = new ArrayList<>();
    private int current;
    private int filled;
    private boolean isTaken;

    /** Begins a thread, which reads from the next byte on. */
    void add(Reader reader) {
      if (filled > 0) {
        handOver();
      }
      Lane lane = new Lane(reader, chunks, lengths, current);
      Thread thread = new Thread(null, lane, "taforge-read-along", 0, false);
      thread.setDaemon(true);
      thread.start();
      lanes.add(lane);
      if (isTaken) {
        lane.free.acquireUninterruptibly();
      }
    }

    /** The one to be filled, for which all readers must have read what was in it. */
    byte[] chunk() {
      if (!isTaken) {
        lanes.forEach(each -> each.free.acquireUninterruptibly());
        isTaken = true;
      }
      return chunks[current];
    }

    void read(byte[] bytes, int offset, int length) {
      for (int done = 0; done < length; ) {
        byte[] chunk = chunk();
        int taken = Math.min(CHUNK - filled, length - done);
        if (!isSame(bytes, chunk)) {
          System.arraycopy(bytes, offset + done, chunk, filled, taken);
        }
        filled += taken;
        done += taken;
        if (filled == CHUNK) {
          handOver();
        }
      }
    }

    @SuppressWarnings("ReferenceEquality") // the same memory, and not the same bytes
    private static boolean isSame(byte[] one, byte[] other) {
      return one == other;
    }

    private void handOver() {
      lengths[current] = filled;
      filled = 0;
      isTaken = false;
      current = (current + 1) % CHUNKS;
      lanes.forEach(each -> each.full.release());
    }

    void finish() {
      if (filled > 0) {
        handOver();
      }
      chunk();
      handOver(); // an empty chunk is the end
      lanes.forEach(each -> each.over.acquireUninterruptibly());
      for (Lane each : lanes) {
        each.rethrow();
      }
    }

    void abandon() {
      lanes.forEach(Lane::abandon);
    }
  }

  /** A reader and its thread. */
  private static final class Lane implements Runnable {
    private final Reader reader;
    private final byte[][] chunks;
    private final int[] lengths;
    private final Semaphore free = new Semaphore(CHUNKS);
    private final Semaphore full = new Semaphore(0);
    private final Semaphore over = new Semaphore(0);
    private int next;
    private volatile boolean isAbandoned;
    private volatile @Nullable Throwable failure;

    Lane(Reader reader, byte[][] chunks, int[] lengths, int next) {
      this.reader = reader;
      this.chunks = chunks;
      this.lengths = lengths;
      this.next = next;
    }

    @Override
    public void run() {
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

    void abandon() {
      isAbandoned = true;
      full.release();
      free.release(CHUNKS); // should another thread be waiting in here
      over.acquireUninterruptibly();
    }

    void rethrow() {
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      }
    }
  }
}
