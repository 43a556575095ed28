package io.taforge.storage.remote;

import io.taforge.storage.ByteRange;
import io.taforge.storage.FailureContext;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Content as it comes from a server. When the connection breaks it goes on where it was; when the
 * bytes come more slowly than is allowed it ends. Only the time in which somebody waits for bytes
 * counts, so a slow consumer is none of its business.
 */
public final class ResumingStream extends InputStream {
  /** Asks the server for a part of the same version of the content. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @throws IOException if that may succeed a moment later
     */
    InputStream open(ByteRange.Slice slice) throws IOException;
  }

  private final Opener opener;
  private final TransferSettings settings;
  private final Pace pace;
  private InputStream bytes;
  private long position;
  private long left;
  private int attempts = 1;

  /**
   * Goes on from an answer.
   *
   * @param first the bytes of the slice as the server's first answer brings them; closed with this
   * @param slice which bytes of the content they are
   */
  public ResumingStream(
      InputStream first,
      ByteRange.Slice slice,
      Opener opener,
      TransferSettings settings,
      FailureContext context) {
    this.bytes = first;
    this.position = slice.offset();
    this.left = slice.length();
    this.opener = opener;
    this.settings = settings;
    this.pace = new Pace(settings, context);
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
      return readBehindTheEnd(buffer, offset, length);
    }
    while (true) {
      int read = readOrResume(buffer, offset, (int) Math.min(length, left));
      if (read > 0) {
        position += read;
        left -= read;
        return read;
      }
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Which bytes are still to come. */
  ByteRange.Slice rest() {
    return new ByteRange.Slice(position, left);
  }

  /** How fast they have come. */
  Pace pace() {
    return pace;
  }

  /** Nothing should come; whoever reads will object if it does. */
  private int readBehindTheEnd(byte[] buffer, int offset, int length) {
    try {
      return bytes.read(buffer, offset, length);
    } catch (IOException e) {
      return -1; // all bytes are here, whatever has become of the connection
    }
  }

  /** The number of bytes that came; 0 if the connection broke and there is a new one. */
  private int readOrResume(byte[] buffer, int offset, int length) throws IOException {
    long startedAt = System.nanoTime();
    try {
      int read = bytes.read(buffer, offset, length);
      if (read < 0) {
        throw new EOFException("the content ended " + left + " bytes too early");
      }
      pace.waited(System.nanoTime() - startedAt, read, attempts);
      return read;
    } catch (IOException e) {
      pace.waited(System.nanoTime() - startedAt, 0, attempts);
      resume(e);
      return 0;
    }
  }

  private void resume(IOException failure) throws IOException {
    if (attempts >= settings.attempts() || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    attempts++;
    closeBroken();
    try {
      bytes = opener.open(new ByteRange.Slice(position, left));
    } catch (IOException e) {
      e.addSuppressed(failure);
      resume(e);
    }
  }

  private void closeBroken() {
    try {
      bytes.close();
    } catch (IOException e) {
      // it is broken
    }
  }
}
