package io.taforge.storage.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open file that several threads read in different places. Unlike a channel it survives the
 * interrupt of one of them.
 */
final class SharedFile implements AutoCloseable {
  /** Clients send in pieces of some KB, and a system call and a lock for each would be felt. */
  private static final int AHEAD = 64 * 1024;

  private final RandomAccessFile file;
  private final ReentrantLock lock = new ReentrantLock();

  private SharedFile(RandomAccessFile file) {
    this.file = file;
  }

  static SharedFile open(Path path) throws IOException {
    return new SharedFile(new RandomAccessFile(path.toFile(), "r"));
  }

  /** A new file in a folder; its name is gone at once where the file system allows that. */
  static Spool spool(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path path = Files.createTempFile(folder, "taforge-", ".spool");
    try {
      SharedFile file = new SharedFile(new RandomAccessFile(path.toFile(), "rw"));
      return new Spool(file, path, deleted(path));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static boolean deleted(Path path) {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      return false; // Windows keeps the name of what is open
    }
  }

  /** A file that is ours, and goes when it is closed. */
  record Spool(SharedFile file, Path path, boolean isNameless) implements AutoCloseable {
    void append(byte[] bytes, int offset, int length) throws IOException {
      file.file.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
      if (!isNameless) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The bytes from an offset on, to the end of the file. */
  InputStream from(long offset) {
    return new Section(offset, Long.MAX_VALUE - offset);
  }

  /** So many bytes from an offset on; it fails if the file has become too short for them. */
  InputStream section(long offset, long length) {
    return new Section(offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class Section extends InputStream {
    private final boolean isOpenEnded;
    private final byte[] ahead = new byte[AHEAD];
    private int next;
    private int end;
    private long position;
    private long left;

    Section(long offset, long length) {
      position = offset;
      left = length;
      isOpenEnded = length == Long.MAX_VALUE - offset;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int read =
          next == end && length >= AHEAD
              ? readFile(buffer, offset, (int) Math.min(length, left))
              : readAhead(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    private int readAhead(byte[] buffer, int offset, int length) throws IOException {
      if (next == end) {
        next = 0;
        end = Math.max(0, readFile(ahead, 0, (int) Math.min(AHEAD, left)));
      }
      int taken = Math.min(length, end - next);
      System.arraycopy(ahead, next, buffer, offset, taken);
      next += taken;
      return taken == 0 ? -1 : taken;
    }

    private int readFile(byte[] buffer, int offset, int length) throws IOException {
      int read = readAt(buffer, offset, length);
      if (read < 0 && !isOpenEnded) {
        throw new EOFException("the file has become shorter while it was read");
      }
      position += Math.max(0, read);
      return read;
    }

    private int readAt(byte[] buffer, int offset, int length) throws IOException {
      lock.lock();
      try {
        file.seek(position);
        return file.read(buffer, offset, length);
      } finally {
        lock.unlock();
      }
    }
  }
}
