package io.taforge.storage;

import io.taforge.artifact.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source once on behalf of an adapter: counts, hashes and tells progress, and refuses at
 * the end what is not as long, or has not the checksum, that was announced. What goes wrong in the
 * source becomes the failure that the port promises. Large content is hashed in a thread of its
 * own, which ends when this is closed.
 *
 * <p>Not for use by several threads.
 */
public final class IncomingContent implements AutoCloseable {
  /** A buffer of this size is large enough that a larger one is not faster. */
  public static final int BUFFER_SIZE = 256 * 1024;

  private final InputStream stream;
  private final OptionalLong length;
  private final PutOptions options;
  private final FailureContext context;
  private final MessageDigest digest = Sha256.newDigest();
  private final ReadAlong hashing = new ReadAlong(digest::update);
  private final long openedAt = System.nanoTime();
  private long count;
  private @Nullable Sha256 sha256;

  /**
   * Takes what is read, piece by piece.
   *
   * @param <E> how that may fail
   */
  @FunctionalInterface
  public interface Sink<E extends Exception> {
    /** These bytes are next; they must not be changed, and others are there when it returns. */
    void take(byte[] bytes, int offset, int length) throws E;
  }

  private IncomingContent(
      InputStream stream, OptionalLong length, PutOptions options, FailureContext context) {
    this.stream = stream;
    this.length = length;
    this.options = options;
    this.context = context;
  }

  /**
   * Opens a source.
   *
   * @throws StorageUploadException if it cannot be opened
   */
  public static IncomingContent open(
      ContentSource source, PutOptions options, FailureContext context) {
    try {
      return new IncomingContent(source.open(), source.length(), options, context);
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new StorageUploadException(context, "the source cannot be opened: " + reason(e), e);
    }
  }

  /**
   * Reads all to its end, and finds it right, or fails as {@link #read} does.
   *
   * @param <E> how the sink may fail
   * @throws E what the sink throws
   */
  public <E extends Exception> void readAll(Sink<E> sink) throws E {
    byte[] own = new byte[(int) Math.min(BUFFER_SIZE, length.orElse(BUFFER_SIZE) + 1)];
    while (true) {
      byte[] bytes = hashing.chunk().orElse(own);
      int offset = hashing.filled();
      int read = read(bytes, offset, bytes.length - offset);
      if (read < 0) {
        return;
      }
      sink.take(bytes, offset, read);
    }
  }

  /** Lets somebody else have all bytes, too, from now on; see {@link ReadAlong#also}. */
  public void also(ReadAlong.Reader reader) {
    hashing.also(reader);
  }

  /**
   * Reads the next bytes, at most so many, to this place of the buffer; the number of them, or -1
   * when all have been read and are right.
   *
   * @param most more than 0
   * @throws StorageIntegrityException at the end, or as soon as it is clear that the length differs
   * @throws StorageUploadException if the source cannot be read
   * @throws StorageInterruptedException if the thread is interrupted
   * @throws StorageConnectionException if the deadline has passed
   */
  public int read(byte[] buffer, int offset, int most) {
    checkDeadline();
    int read = readSource(buffer, offset, most);
    if (read < 0) {
      checkAnnouncements();
      return -1;
    }
    hashing.read(buffer, offset, read);
    count += read;
    if (length.isPresent() && count > length.getAsLong()) {
      throw new StorageIntegrityException(
          context,
          "the source has more than the "
              + length.getAsLong()
              + " bytes that were announced; nothing was stored");
    }
    options.progress().transferred(count, length);
    return read;
  }

  /** How many bytes have been read. */
  public long count() {
    return count;
  }

  /** The checksum of all that has been read; to be asked after the end. */
  public Sha256 sha256() {
    if (sha256 == null) {
      hashing.finish();
      sha256 = Sha256.of(digest);
    }
    return sha256;
  }

  /** Closes what was opened here; a failure of that changes nothing any more. */
  @Override
  public void close() {
    hashing.close();
    try {
      stream.close();
    } catch (IOException e) {
      // all bytes are here already, or the put has failed for a better reason
    }
  }

  private void checkDeadline() {
    options
        .deadline()
        .filter(deadline -> System.nanoTime() - openedAt > deadline.toNanos())
        .ifPresent(
            deadline -> {
              throw new StorageConnectionException(
                  context,
                  "the deadline of "
                      + deadline
                      + " has passed after "
                      + count
                      + " bytes; nothing was stored");
            });
  }

  private int readSource(byte[] buffer, int offset, int most) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(context, "the thread was interrupted");
    }
    try {
      return stream.read(buffer, offset, most);
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (isInterrupt(e)) {
        Thread.currentThread().interrupt();
        throw new StorageInterruptedException(context, "the thread was interrupted", e);
      }
      throw new StorageUploadException(context, "the source cannot be read: " + reason(e), e);
    }
  }

  /** A socket's time-out is an {@link InterruptedIOException}, too, but nobody's interrupt. */
  private static boolean isInterrupt(Exception failure) {
    return failure instanceof ClosedByInterruptException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }

  private void checkAnnouncements() {
    if (length.isPresent() && count != length.getAsLong()) {
      throw new StorageIntegrityException(
          context,
          "the source has "
              + count
              + " bytes and not the "
              + length.getAsLong()
              + " that were announced; nothing was stored");
    }
    options
        .expectedSha256()
        .filter(expected -> !expected.equals(sha256()))
        .ifPresent(
            expected -> {
              throw new StorageIntegrityException(
                  context,
                  "the content has the SHA-256 "
                      + sha256()
                      + " and not the announced "
                      + expected
                      + "; nothing was stored");
            });
    if (count == 0) {
      options.progress().transferred(0, length);
    }
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
