package io.taforge.storage.remote;

import io.taforge.artifact.Sha256;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.ProgressListener;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageUploadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Content that has been read once, so that its length and checksum are known before the first byte
 * is sent, and that can be sent again from any place. Small content is kept in memory, a file is
 * read where it is, anything else is in a spool file, which is gone when this is closed.
 *
 * <p>Safe for use by several threads, which send parts side by side.
 */
public final class StagedContent implements AutoCloseable {
  /** As much is kept in memory; sixteen uploads at once must not be felt. */
  private static final int MOST_IN_MEMORY = 1 << 20;

  private final long size;
  private final Sha256 sha256;
  private final List<Part> parts;
  private final byte @Nullable [] memory;
  private final @Nullable SharedFile file;
  private final @Nullable AutoCloseable spool;
  private final SentBytes sent;
  private volatile boolean isCancelled;

  private StagedContent(Reading reading, IncomingContent content, PutOptions options) {
    this.size = content.count();
    this.sha256 = content.sha256();
    this.parts = List.copyOf(reading.parts(content));
    this.memory = reading.file == null ? reading.bytes() : null;
    this.file = reading.file;
    this.spool = reading.owned;
    this.sent = new SentBytes(options.progress(), size, parts.size());
  }

  /**
   * Reads the source to its end and checks what was announced of it.
   *
   * @param plan when it is cut into parts, and where
   * @param spoolFolder where a spool file is made if one is needed
   * @throws StorageException as {@link IncomingContent#read} does; nothing is left behind
   */
  public static StagedContent of(
      ContentSource source,
      PutOptions options,
      PartPlan plan,
      Path spoolFolder,
      FailureContext context) {
    Reading reading = new Reading(plan, spoolFolder);
    try {
      ContentSource bytes = reading.begin(source);
      try (IncomingContent content =
          IncomingContent.open(bytes, options.telling(ProgressListener.NONE), context)) {
        reading.readAll(content, source.length());
        return new StagedContent(reading, content, options);
      }
    } catch (IOException e) {
      reading.abandon();
      throw new StorageUploadException(
          context, "the content cannot be spooled or read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      reading.abandon();
      throw e;
    }
  }

  /** How many bytes. */
  public long size() {
    return size;
  }

  /** Checksum of the whole. */
  public Sha256 sha256() {
    return sha256;
  }

  /** Whether it goes up as a whole; then its one part is all there is. */
  public boolean isOnePiece() {
    return parts.size() == 1;
  }

  /** The parts in their order; at least one, which may be empty. */
  public List<Part> parts() {
    return parts;
  }

  /** The bytes of a part from its first one, for one attempt to send them; progress is told. */
  public InputStream open(Part part) {
    InputStream bytes =
        file == null
            ? new ByteArrayInputStream(memory, (int) part.offset(), (int) part.length())
            : file.section(part.offset(), part.length());
    return new Cancellable(sent.counted(part, bytes));
  }

  /** Ends all attempts to send something: what was opened fails when it is read. */
  public void cancel() {
    isCancelled = true;
  }

  /** Removes the spool file, if there is one. */
  @Override
  public void close() {
    Reading.close(spool);
  }

  private final class Cancellable extends FilterInputStream {
    Cancellable(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      check();
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      check();
      return in.read(buffer, offset, length);
    }

    private void check() throws IOException {
      if (isCancelled) {
        throw new IOException("nothing more is to be sent");
      }
    }
  }

  /** What has come so far, and where it is. */
  private static final class Reading {
    private final PartPlan plan;
    private final Path spoolFolder;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private byte @Nullable [] small;
    private @Nullable PartDigests digests;
    private @Nullable SharedFile file;
    private SharedFile.@Nullable Spool spool;
    private @Nullable AutoCloseable owned;

    Reading(PartPlan plan, Path spoolFolder) {
      this.plan = plan;
      this.spoolFolder = spoolFolder;
    }

    /** The source, or the open file that it is: read twice, it must be the same one. */
    ContentSource begin(ContentSource source) throws IOException {
      Optional<Path> path = source.file();
      if (path.isEmpty() || source.length().orElse(0) <= MOST_IN_MEMORY) {
        return source;
      }
      SharedFile opened = SharedFile.open(path.get());
      file = opened;
      owned = opened;
      return new ContentSource.Replayable(source.length().getAsLong(), () -> opened.from(0));
    }

    void readAll(IncomingContent content, OptionalLong length) throws IOException {
      if (file == null && length.orElse(Long.MAX_VALUE) <= MOST_IN_MEMORY) {
        small = readSmall(content, (int) length.getAsLong());
        return;
      }
      if (file == null) {
        content.readAll((bytes, offset, count) -> keep(content, bytes, offset, count));
      } else {
        if (!plan.isOnePiece(length.orElseThrow())) {
          digests = new PartDigests(plan);
          content.also(digests::update);
        }
        content.readAll((bytes, offset, count) -> {});
      }
    }

    /** To where it stays; one byte more shows that nothing comes behind its end. */
    private static byte[] readSmall(IncomingContent content, int length) {
      byte[] bytes = new byte[length + 1];
      int filled = 0;
      for (int read = 0; read >= 0; filled += Math.max(0, read)) {
        read = content.read(bytes, filled, bytes.length - filled);
      }
      return bytes;
    }

    /** What has been kept in memory; a byte behind it may be nobody's. */
    byte[] bytes() {
      return small == null ? memory.toByteArray() : small;
    }

    private void keep(IncomingContent content, byte[] bytes, int offset, int count)
        throws IOException {
      if (spool != null) {
        spool.append(bytes, offset, count);
      } else {
        memory.write(bytes, offset, count);
        spool = memory.size() > MOST_IN_MEMORY ? spooled() : null;
      }
      if (spool != null && digests == null && !plan.isOnePiece(content.count())) {
        digests = digestsOf(spool.file(), content.count());
        content.also(digests::update);
      }
    }

    private SharedFile.Spool spooled() throws IOException {
      SharedFile.Spool begun = SharedFile.spool(spoolFolder);
      owned = begun;
      file = begun.file();
      byte[] before = memory.toByteArray();
      memory.reset();
      begun.append(before, 0, before.length);
      return begun;
    }

    /** Of what was there before it was known that it is for parts. */
    private PartDigests digestsOf(SharedFile beginning, long length) throws IOException {
      PartDigests parts = new PartDigests(plan);
      try (InputStream bytes = beginning.section(0, length)) {
        byte[] some = new byte[IncomingContent.BUFFER_SIZE];
        for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
          parts.update(some, 0, read);
        }
      }
      return parts;
    }

    List<Part> parts(IncomingContent content) {
      return digests == null
          ? List.of(new Part(1, 0, content.count(), content.sha256()))
          : digests.parts();
    }

    void abandon() {
      close(owned);
    }

    static void close(@Nullable AutoCloseable resource) {
      if (resource != null) {
        try {
          resource.close();
        } catch (Exception e) {
          // nothing depends on it any more
        }
      }
    }
  }
}
