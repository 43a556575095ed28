package io.taforge.adapter.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The content of an answer: so many bytes, chunks, or all that comes. */
final class SocketBody extends InputStream {
  /** To read that little is faster than to connect anew. */
  private static final int WORTH_READING = 32 << 10;

  private static final int MOST_TO_SKIP = 32;
  private static final int MOST_TRAILERS = 100;

  private final SocketConnection connection;
  private final boolean isInChunks;
  private final boolean isToTheEnd;
  private final Runnable whenRead;
  private final Runnable giveUp;
  private final UnaryOperator<IOException> meaning;
  private long left;
  private boolean isFirst = true;
  private boolean isDone;
  private @Nullable IOException failure;

  /**
   * Content that is yet to be read.
   *
   * @param whenRead what is done when all of it has been read
   * @param giveUp what is done when it will not be
   * @param meaning what a failure is told as
   */
  SocketBody(
      SocketConnection connection,
      SocketAnswer answer,
      Runnable whenRead,
      Runnable giveUp,
      UnaryOperator<IOException> meaning) {
    this.connection = connection;
    this.isInChunks = answer.isInChunks();
    this.isToTheEnd = !isInChunks && answer.length().isEmpty();
    this.whenRead = isToTheEnd ? giveUp : whenRead;
    this.giveUp = giveUp;
    this.meaning = meaning;
    this.left = isInChunks ? 0 : answer.length().orElse(Long.MAX_VALUE);
    if (left == 0 && !isInChunks) {
      done();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    if (length == 0) {
      return 0;
    }
    try {
      if (isDone || (left == 0 && !hasChunk())) {
        return -1;
      }
      int read = connection.read(buffer, offset, (int) Math.min(length, left));
      if (read < 0) {
        if (!isToTheEnd) {
          throw new EOFException("the connection was closed before the answer was complete");
        }
        done();
        return -1;
      }
      left -= read;
      if (left == 0 && !isInChunks) {
        done();
      }
      return read;
    } catch (IOException e) {
      IOException told = meaning.apply(e);
      failure = told;
      giveUp.run();
      throw told;
    }
  }

  private boolean hasChunk() throws IOException {
    if (!isFirst && !connection.line().isEmpty()) {
      throw new ProtocolException("a chunk of the answer is longer than was told");
    }
    isFirst = false;
    left = chunkLength(connection.line());
    if (left > 0) {
      return true;
    }
    for (int i = 0; !connection.line().isEmpty(); i++) {
      if (i == MOST_TRAILERS) {
        throw new ProtocolException("the answer does not end");
      }
    }
    done();
    return false;
  }

  private static long chunkLength(String line) throws ProtocolException {
    int end = line.indexOf(';');
    String digits = (end < 0 ? line : line.substring(0, end)).trim();
    try {
      if (!digits.startsWith("+") && digits.length() < 16) {
        long length = Long.parseLong(digits, 16);
        if (length >= 0) {
          return length;
        }
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException("a chunk of the answer has a length that is no number");
  }

  private void done() {
    isDone = true;
    whenRead.run();
  }

  /** Reads a little that is left, so that the connection can be used again, and gives up more. */
  @Override
  public void close() {
    try {
      byte[] rest = new byte[isDone ? 0 : 1 << 10];
      for (int i = 0; i < MOST_TO_SKIP && !isDone && (isInChunks || left <= WORTH_READING); i++) {
        if (read(rest) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      return; // given up
    }
    if (!isDone) {
      isDone = true;
      giveUp.run();
    }
  }
}
