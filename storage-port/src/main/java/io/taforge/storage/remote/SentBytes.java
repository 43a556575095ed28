package io.taforge.storage.remote;

import io.taforge.storage.ProgressListener;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** Tells how an upload gets on, whose parts go up side by side and some of them more than once. */
final class SentBytes {
  private final ProgressListener listener;
  private final long total;
  private final long[] furthest;
  private final ReentrantLock lock = new ReentrantLock();
  private long sum;

  SentBytes(ProgressListener listener, long total, int parts) {
    this.listener = listener;
    this.total = total;
    this.furthest = new long[parts];
    listener.transferred(0, OptionalLong.of(total));
  }

  /** The bytes of a part, on one more attempt to send them. */
  InputStream counted(Part part, InputStream bytes) {
    return listener.equals(ProgressListener.NONE) ? bytes : new Counted(part.number() - 1, bytes);
  }

  private void passed(int part, long count) {
    lock.lock();
    try {
      if (count > furthest[part]) {
        sum += count - furthest[part];
        furthest[part] = count;
        listener.transferred(sum, OptionalLong.of(total));
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Counted extends FilterInputStream {
    private final int part;
    private long count;

    Counted(int part, InputStream bytes) {
      super(bytes);
      this.part = part;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      if (read >= 0) {
        passed(part, ++count);
      }
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        count += read;
        passed(part, count);
      }
      return read;
    }

    @Override
    public long skip(long bytes) {
      return 0; // what is skipped is not sent
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
