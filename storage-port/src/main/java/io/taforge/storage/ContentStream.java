package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Hands out content as it comes, and its last bytes only when length and checksum are right. */
final class ContentStream extends InputStream {
  /** Enough to tell how fast it comes. */
  private static final long A_WHILE = 4 << 20;

  private final long length;
  private final @Nullable Sha256 expected;
  private final @Nullable MessageDigest digest;
  private final ReadAlong hashing;
  private final FailureContext context;
  private final ArtifactContent.FailureTranslator failures;
  private final ContentLeaks.Watch watch;
  private InputStream raw;
  private ProgressListener progress = ProgressListener.NONE;
  private long count;
  private boolean isVerified;
  private boolean isClosed;

  ContentStream(
      Artifact artifact,
      InputStream raw,
      long length,
      Optional<Sha256> expected,
      FailureContext context,
      ArtifactContent.FailureTranslator failures) {
    this.raw = raw;
    this.length = length;
    this.expected = expected.orElse(null);
    this.digest = expected.isPresent() ? Sha256.newDigest() : null;
    this.hashing = new ReadAlong(digest == null ? (bytes, offset, size) -> {} : digest::update);
    this.context = context;
    this.failures = failures;
    this.watch = ContentLeaks.watch(this, raw, hashing, artifact);
  }

  void tell(ProgressListener listener) {
    progress = listener;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int size) {
    Objects.checkFromIndexSize(offset, size, buffer.length);
    if (isClosed) {
      throw new StorageDownloadException(context, "the content has been closed");
    }
    if (size == 0) {
      return 0;
    }
    if (count == length) {
      verify();
      return -1;
    }
    int read = readRaw(buffer, offset, (int) Math.min(size, length - count));
    if (read < 0) {
      throw new StorageIntegrityException(
          context, "the content ended after " + count + " of " + length + " bytes");
    }
    if (digest != null) {
      hashing.read(buffer, offset, read);
    }
    count += read;
    if (count == length) {
      verifyOrTakeBack(buffer, offset, read);
    }
    progress.transferred(count, OptionalLong.of(length));
    return read;
  }

  /** Small content at once, and not in pieces that are put together. */
  @Override
  public byte[] readAllBytes() throws IOException {
    long left = length - count;
    if (left > IncomingContent.BUFFER_SIZE) {
      return super.readAllBytes();
    }
    byte[] all = new byte[(int) left];
    int done = 0;
    while (done < all.length) {
      done += read(all, done, all.length - done);
    }
    read(); // what is empty is verified, too
    return all;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    return transfer(out, Long.MAX_VALUE, buffer());
  }

  /** Transfers all of it to a file that has this name so far, and by ranges what may. */
  void saveTo(OutputStream out, Path part, ArtifactContent.Ranges ranges) throws IOException {
    boolean isWhole = count == 0;
    byte[] own = buffer();
    Optional<InputStream> rest = Optional.empty();
    while (rest.isEmpty() && transfer(out, A_WHILE, own) >= A_WHILE) {
      rest = isWhole ? ranges.into(part) : rest;
    }
    if (rest.isPresent()) {
      finish(rest.get());
    }
  }

  /** Reads what gets into the file without this. */
  private void finish(InputStream rest) throws IOException {
    InputStream first = raw;
    try (rest) {
      raw = rest;
      transferTo(OutputStream.nullOutputStream());
    } catch (UncheckedIOException e) { // of the file; what is of the content is translated
      throw Objects.requireNonNull(e.getCause(), "it always has one");
    } finally {
      raw = first;
    }
  }

  private byte[] buffer() {
    return new byte[(int) Math.min(IncomingContent.BUFFER_SIZE, Math.max(1, length))];
  }

  /** Transfers some of it, or what there is, through this memory unless there is better. */
  private long transfer(OutputStream out, long atLeast, byte[] own) throws IOException {
    long transferred = 0;
    while (transferred < atLeast) {
      byte[] bytes = hashing.chunk().orElse(own);
      int offset = hashing.filled();
      int read = read(bytes, offset, bytes.length - offset);
      if (read < 0) {
        return transferred;
      }
      out.write(bytes, offset, read);
      transferred += read;
    }
    return transferred;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      watch.closed();
    }
  }

  private void verifyOrTakeBack(byte[] buffer, int offset, int read) {
    try {
      verify();
    } catch (StorageException e) {
      Arrays.fill(buffer, offset, offset + read, (byte) 0);
      throw e;
    }
  }

  private void verify() {
    if (isVerified) {
      return;
    }
    if (readRaw(new byte[1], 0, 1) >= 0) {
      throw new StorageIntegrityException(
          context, "the content goes on after the " + length + " bytes it should have");
    }
    if (digest != null) {
      hashing.finish();
      Sha256 actual = Sha256.of(digest);
      if (!actual.equals(expected)) {
        throw new StorageIntegrityException(
            context, "the content has the SHA-256 " + actual + " and was stored with " + expected);
      }
    }
    isVerified = true;
  }

  private int readRaw(byte[] buffer, int offset, int size) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(context, "the thread was interrupted");
    }
    try {
      return raw.read(buffer, offset, size);
    } catch (IOException e) {
      throw failures.translate(context, e);
    }
  }
}
