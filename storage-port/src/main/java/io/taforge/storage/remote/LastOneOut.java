package io.taforge.storage.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes a server when its store is closed and nobody reads from it any more. */
final class LastOneOut {
  private final Runnable close;
  private final AtomicInteger inside = new AtomicInteger(1);

  LastOneOut(Runnable close) {
    this.close = close;
  }

  /** Keeps the server open until the stream is closed. */
  InputStream reading(InputStream bytes) {
    inside.incrementAndGet();
    return new Reader(bytes);
  }

  /** Somebody is done. */
  void leave() {
    if (inside.decrementAndGet() == 0) {
      close.run();
    }
  }

  private final class Reader extends FilterInputStream {
    private final AtomicBoolean isClosed = new AtomicBoolean();

    Reader(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (isClosed.compareAndSet(false, true)) {
        try {
          in.close();
        } finally {
          leave();
        }
      }
    }
  }
}
