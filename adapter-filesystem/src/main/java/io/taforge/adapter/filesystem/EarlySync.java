package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A file that begins to go to the disk while it is still being written, if it is large: every few
 * megabytes a thread of its own syncs what is there, so that little is left for the sync that put
 * waits for. The thread ends before that, or when this is closed; its failures are that sync's.
 */
final class EarlySync implements Folder.NewFile {
  private static final long STEP = 16 << 20;

  private final Folder.NewFile file;
  private final Semaphore due = new Semaphore(0);
  private final Semaphore over = new Semaphore(0);
  private long unsynced;
  private boolean isRunning;
  private volatile boolean isWritten;
  private volatile @Nullable IOException failure;

  /** Closes the file with this. */
  EarlySync(Folder.NewFile file) {
    this.file = file;
  }

  @Override
  public void write(byte[] buffer, int offset, int count) throws IOException {
    file.write(buffer, offset, count);
    unsynced += count;
    if (unsynced >= STEP) {
      unsynced = 0;
      begin();
      due.release();
    }
  }

  @Override
  public void setModified(Instant time) throws IOException {
    file.setModified(time);
  }

  @Override
  public void sync() throws IOException {
    end();
    if (failure != null) {
      throw failure; // the system tells it once, and the next sync would succeed
    }
    file.sync();
  }

  @Override
  public void close() throws IOException {
    end();
    file.close();
  }

  private void begin() {
    if (isRunning) {
      return;
    }
    Thread thread = new Thread(null, this::syncWhenDue, "taforge-early-sync", 0, false);
    thread.setDaemon(true);
    try {
      thread.start();
      isRunning = true;
    } catch (OutOfMemoryError e) {
      // there is no thread to be had; it works without
    }
  }

  private void end() {
    if (isRunning) {
      isWritten = true;
      due.release();
      over.acquireUninterruptibly();
      isRunning = false;
    }
  }

  private void syncWhenDue() {
    try {
      due.acquireUninterruptibly();
      while (!isWritten) {
        due.drainPermits(); // one sync brings all that is there
        file.sync();
        due.acquireUninterruptibly();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      over.release();
    }
  }
}
