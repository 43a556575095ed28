package io.taforge.storage;

import io.taforge.artifact.UploadLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The open content of an artifact, or a part of it, and what else is known of it. Whoever got it
 * closes it.
 *
 * <p>Adapters make one with {@link #whole} or {@link #part} around the bytes as they come; length
 * and SHA-256 are checked here, for all adapters. Not for use by several threads.
 */
public final class ArtifactContent implements AutoCloseable {
  /** Turns what goes wrong while content is read into the failure that the port promises. */
  @FunctionalInterface
  public interface FailureTranslator {
    /** The port's failure for an exception of the backend. */
    StorageException translate(FailureContext context, IOException failure);
  }

  /** Brings content into a file by several requests at once, where that is faster. */
  @FunctionalInterface
  public interface Ranges {
    /**
     * Brings what is left of content that has begun to be read, and returns it in its order, each
     * byte when it is in the file. When that is closed, nobody writes to the file any more. Until
     * something is returned, this is asked every few megabytes.
     *
     * @param file has what has been read, and nothing else
     * @return empty if that would not be faster; nothing has changed then. What goes wrong with the
     *     file when it is read is an {@link java.io.UncheckedIOException}, and any other {@link
     *     IOException} is of the backend.
     * @throws IOException if the file cannot be opened
     */
    Optional<InputStream> into(Path file) throws IOException;
  }

  private final StoredArtifact artifact;
  private final ByteRange.Slice slice;
  private final FailureContext context;
  private final ContentStream stream;
  private Ranges ranges = file -> Optional.empty();

  private ArtifactContent(
      StoredArtifact artifact,
      ByteRange.Slice slice,
      FailureContext context,
      ContentStream stream) {
    this.artifact = artifact;
    this.slice = slice;
    this.context = context;
    this.stream = stream;
  }

  /**
   * The whole content, verified while it is read.
   *
   * @param bytes the bytes as they come from the backend; closed with this
   */
  public static ArtifactContent whole(
      StoredArtifact artifact,
      InputStream bytes,
      FailureContext context,
      FailureTranslator failures) {
    return new ArtifactContent(
        artifact,
        new ByteRange.Slice(0, artifact.size()),
        context,
        new ContentStream(
            artifact.artifact(), bytes, artifact.size(), artifact.sha256(), context, failures));
  }

  /**
   * A part of the content; its length is verified while it is read.
   *
   * @param slice the part, within the content
   * @param bytes the bytes of the part as they come from the backend; closed with this
   */
  public static ArtifactContent part(
      StoredArtifact artifact,
      ByteRange.Slice slice,
      InputStream bytes,
      FailureContext context,
      FailureTranslator failures) {
    return new ArtifactContent(
        artifact,
        slice,
        context,
        new ContentStream(
            artifact.artifact(), bytes, slice.length(), Optional.empty(), context, failures));
  }

  /** The same, whose rest can come by ranges when it is saved to a file. */
  public ArtifactContent by(Ranges fasterWay) {
    ranges = fasterWay;
    return this;
  }

  /** What else is known of the artifact. */
  public StoredArtifact artifact() {
    return artifact;
  }

  /** How many bytes there are to read: the size of the artifact, or of the part. */
  public long length() {
    return slice.length();
  }

  /** Number of the first byte within the artifact; 0 for the whole. */
  public long offset() {
    return slice.offset();
  }

  /**
   * The bytes. Reading throws {@link StorageException}s and no {@link IOException}: {@link
   * StorageIntegrityException} instead of the last bytes if what came is not what was stored,
   * {@link StorageDownloadException} or {@link StorageConnectionException} if it does not come to
   * its end. Closing it is closing this.
   */
  public InputStream stream() {
    return stream;
  }

  /** Tells this listener how reading gets on, from now on. */
  public ArtifactContent telling(ProgressListener listener) {
    stream.tell(listener);
    return this;
  }

  /**
   * Reads all into memory, for content that is known to be small.
   *
   * @param atMost the most bytes to take
   * @throws StorageQuotaExceededException if there are more; nothing was read
   */
  public byte[] readBytes(int atMost) {
    if (length() > atMost) {
      throw new StorageQuotaExceededException(context, UploadLimit.ofBytes(atMost), length());
    }
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("The stream throws StorageExceptions only", e);
    }
  }

  /**
   * Writes all to a file, which appears at once when everything is there and verified; until then
   * there is what was there before. Into something that is there and is no regular file, such as a
   * pipe or a terminal, it is written as it comes. Large content that comes slowly from a server
   * comes by several requests at once.
   *
   * @throws IOException if the file cannot be written
   */
  public void saveTo(Path file) throws IOException {
    try (WholeFile whole = WholeFile.at(file)) {
      if (whole.part().isPresent()) {
        stream.saveTo(whole.out(), whole.part().get(), ranges);
      } else {
        stream.transferTo(whole.out());
      }
      whole.complete();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
