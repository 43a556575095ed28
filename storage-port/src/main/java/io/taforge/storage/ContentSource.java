package io.taforge.storage;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where the content of a put comes from.
 *
 * <p>A store opens it, reads it and closes what it has opened. What the caller has opened, such as
 * the stream in {@link #of(InputStream)}, stays open and is the caller's to close.
 */
public interface ContentSource {
  /** How many bytes there are, if that is known beforehand. */
  OptionalLong length();

  /** Whether it can be opened again, at the first byte; otherwise a store opens it just once. */
  boolean isReplayable();

  /**
   * Opens it at the first byte.
   *
   * @throws IOException if it cannot be opened
   * @throws IllegalStateException if it is not replayable and has been opened before
   */
  InputStream open() throws IOException;

  /**
   * The regular file that holds exactly these bytes, if there is one: a store may read it in
   * several places at once instead of opening this.
   */
  default Optional<Path> file() {
    return Optional.empty();
  }

  /** The bytes of an array, which must not change while it is read. */
  static ContentSource of(byte[] content) {
    return new Replayable(content.length, () -> new ByteArrayInputStream(content));
  }

  /**
   * The bytes of a file, as many as it has now. A file that grows or shrinks while it is read is
   * not stored.
   *
   * @throws IOException if it cannot be read, or is not a regular file
   */
  static ContentSource of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Files.exists(file)
          ? new IOException(file + " is not a regular file")
          : new java.nio.file.NoSuchFileException(file.toString());
    }
    return new Replayable(Files.size(file), () -> Files.newInputStream(file), file);
  }

  /** What comes from a stream until it ends; it is read once and stays open. */
  static ContentSource of(InputStream stream) {
    return new Once(OptionalLong.empty(), stream);
  }

  /**
   * So many bytes from a stream, which must then be at its end; it is read once and stays open.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  static ContentSource of(InputStream stream, long length) {
    if (length < 0) {
      throw new IllegalArgumentException(length + " is not a length: it must not be negative");
    }
    return new Once(OptionalLong.of(length), stream);
  }

  /** Something that can be opened again and again. */
  final class Replayable implements ContentSource {
    /** Opens the content at its first byte. */
    @FunctionalInterface
    public interface Opener {
      /** Opens it. */
      InputStream open() throws IOException;
    }

    private final long length;
    private final Opener opener;
    private final @Nullable Path file;

    /** So many bytes from whatever this opens. */
    public Replayable(long length, Opener opener) {
      this(length, opener, null);
    }

    private Replayable(long length, Opener opener, @Nullable Path file) {
      this.length = length;
      this.opener = opener;
      this.file = file;
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(length);
    }

    @Override
    public boolean isReplayable() {
      return true;
    }

    @Override
    public InputStream open() throws IOException {
      return opener.open();
    }

    @Override
    public Optional<Path> file() {
      return Optional.ofNullable(file);
    }
  }

  /** A stream of the caller's. */
  final class Once implements ContentSource {
    private final OptionalLong length;
    private final InputStream stream;
    private final AtomicBoolean isOpened = new AtomicBoolean();

    private Once(OptionalLong length, InputStream stream) {
      this.length = length;
      this.stream = stream;
    }

    @Override
    public OptionalLong length() {
      return length;
    }

    @Override
    public boolean isReplayable() {
      return false;
    }

    @Override
    public InputStream open() {
      if (!isOpened.compareAndSet(false, true)) {
        throw new IllegalStateException("A stream can be read only once");
      }
      return new FilterInputStream(stream) {
        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
          return in.read(buffer, offset, count);
        }

        @Override
        public void close() {
          // the stream is the caller's
        }
      };
    }
  }
}
