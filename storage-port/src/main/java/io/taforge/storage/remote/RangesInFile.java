package io.taforge.storage.remote;

import io.taforge.storage.ByteRange;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageClosedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Ranges of content that several threads bring to their places in a file, read in their order as
 * they get there. When one of them cannot be had, the answer to the first request brings the rest.
 * Trouble with the file is an {@link UncheckedIOException}.
 */
final class RangesInFile extends InputStream {
  /** How many bytes a range has; none of them wait in memory. */
  static final long RANGE = 8 << 20;

  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private final FileChannel file;
  private final ResumingStream answer;
  private final ResumingStream.Opener opener;
  private final Runnable whenClosed;
  private final List<ByteRange.Slice> ranges;
  private final List<CompletableFuture<Void>> arrivals;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long end;
  private long position;
  private boolean isAnswerTheSource;
  private volatile boolean isStopped;

  /**
   * Of the rest of some content.
   *
   * @param path a file that has what is before the rest
   * @param answer what the rest would come from otherwise
   * @param whenClosed is run when this is closed, once it has begun
   */
  RangesInFile(Path path, ResumingStream answer, ResumingStream.Opener opener, Runnable whenClosed)
      throws IOException {
    ByteRange.Slice rest = answer.rest();
    this.path = path;
    this.answer = answer;
    this.opener = opener;
    this.whenClosed = whenClosed;
    this.position = rest.offset();
    this.end = rest.offset() + rest.length();
    this.ranges =
        LongStream.iterate(position, offset -> offset < end, offset -> offset + RANGE)
            .mapToObj(offset -> new ByteRange.Slice(offset, Math.min(RANGE, end - offset)))
            .toList();
    this.arrivals = ranges.stream().map(any -> new CompletableFuture<Void>()).toList();
    this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Begins to bring them; says whether there are still threads for that, and is closed if not. */
  boolean begin(SideBySide threads, FailureContext context) throws IOException {
    try {
      Future<Boolean> unused = threads.begin(() -> bringAll(threads, context), context);
      return true;
    } catch (StorageClosedException e) {
      file.close();
      return false;
    }
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
    if (isAnswerTheSource) {
      return readAnswer(buffer, offset, length);
    }
    if (position == end) {
      return -1;
    }
    long startedAt = System.nanoTime();
    int number = (int) ((position - ranges.get(0).offset()) / RANGE);
    if (!hasArrived(number)) {
      skipInAnswer();
      isAnswerTheSource = true;
      return readAnswer(buffer, offset, length);
    }
    ByteRange.Slice range = ranges.get(number);
    long left = range.offset() + range.length() - position;
    int read = readFile(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)));
    answer.pace().waited(System.nanoTime() - startedAt, read, 1);
    return read;
  }

  /** Ends it, and leaves the file to whoever has brought it. */
  @Override
  public void close() throws IOException {
    isStopped = true;
    awaitEnd();
    try {
      file.close();
    } finally {
      whenClosed.run();
    }
  }

  private boolean bringAll(SideBySide threads, FailureContext context) {
    try {
      threads.each(
          IntStream.range(0, ranges.size()).boxed().toList(),
          this::bring,
          () -> isStopped = true,
          context);
      return true;
    } catch (RuntimeException | Error e) {
      arrivals.forEach(each -> each.completeExceptionally(e));
      return false;
    } finally {
      ended.countDown();
    }
  }

  private boolean bring(int number) {
    ByteRange.Slice range = ranges.get(number);
    try (InputStream bytes = opener.open(range)) {
      copy(bytes, range);
    } catch (IOException e) {
      throw new RangeFailure(e);
    }
    return arrivals.get(number).complete(null);
  }

  /** Through a channel of its own, since an interrupt closes it. */
  private void copy(InputStream bytes, ByteRange.Slice range) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (FileChannel target = openFile()) {
      for (long done = 0; done < range.length(); ) {
        int read = bytes.read(buffer, 0, (int) Math.min(BUFFER, range.length() - done));
        if (read < 0 || isStopped) {
          throw new EOFException("the range has ended too early, or is not wanted any more");
        }
        write(ByteBuffer.wrap(buffer, 0, read), target, range.offset() + done);
        done += read;
      }
    }
    if (bytes.read(buffer, 0, 1) >= 0) {
      throw new IOException("the range goes on behind its end");
    }
  }

  private FileChannel openFile() {
    try {
      return FileChannel.open(path, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(ByteBuffer bytes, FileChannel target, long position)
      throws InterruptedIOException {
    try {
      long next = position;
      while (bytes.hasRemaining()) {
        next += target.write(bytes, next);
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasArrived(int number) throws InterruptedIOException {
    try {
      arrivals.get(number).get();
      return true;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException trouble) {
        throw trouble;
      }
      return false;
    }
  }

  private int readFile(ByteBuffer buffer) throws InterruptedIOException {
    try {
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new EOFException(path + " has become shorter while it was written");
      }
      position += read;
      return read;
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When this is called, no thread writes to the file any more. */
  private int readAnswer(byte[] buffer, int offset, int length) throws IOException {
    int read = answer.read(buffer, offset, length);
    if (read > 0) {
      write(ByteBuffer.wrap(buffer, offset, read), file, position);
      position += read;
    }
    return read;
  }

  private void skipInAnswer() throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = position - answer.rest().offset(); left > 0; ) {
      int read = answer.read(buffer, 0, (int) Math.min(BUFFER, left));
      if (read < 0) {
        throw new EOFException("the content ended " + left + " bytes too early");
      }
      left -= read;
    }
  }

  private void awaitEnd() {
    boolean isInterrupted = Thread.interrupted();
    boolean isOver = false;
    while (!isOver) {
      try {
        ended.await();
        isOver = true;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static InterruptedIOException interrupted(Exception reason) {
    return (InterruptedIOException) new InterruptedIOException("interrupted").initCause(reason);
  }

  /** Why a range cannot be had. */
  private static final class RangeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RangeFailure(IOException cause) {
      super(cause);
    }
  }
}
