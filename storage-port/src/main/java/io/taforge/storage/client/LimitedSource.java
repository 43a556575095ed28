package io.taforge.storage.client;

import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageQuotaExceededException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A source that is cut as soon as it turns out to be larger than is accepted. */
final class LimitedSource implements ContentSource {
  private final ContentSource source;
  private final UploadLimit limit;
  private final FailureContext context;

  private LimitedSource(ContentSource source, UploadLimit limit, FailureContext context) {
    this.source = source;
    this.limit = limit;
    this.context = context;
  }

  /**
   * Limits a source.
   *
   * @throws StorageQuotaExceededException if its length is known and too large
   */
  static ContentSource of(ContentSource source, UploadLimit limit, FailureContext context) {
    source
        .length()
        .ifPresent(
            length -> {
              if (!limit.accepts(length)) {
                throw new StorageQuotaExceededException(context, limit, length);
              }
            });
    return new LimitedSource(source, limit, context);
  }

  @Override
  public OptionalLong length() {
    return source.length();
  }

  @Override
  public boolean isReplayable() {
    return source.isReplayable();
  }

  /** Only with a length, which has been checked: a file of unknown length is cut as it is read. */
  @Override
  public Optional<Path> file() {
    return source.length().isPresent() ? source.file() : Optional.empty();
  }

  @Override
  public InputStream open() throws IOException {
    return new FilterInputStream(source.open()) {
      private long count;

      @Override
      public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
      }

      private void count(int read) {
        count += read;
        if (!limit.accepts(count)) {
          long firstTooMany = limit.size().bytes() + 1; // a buffer may hold more by chance
          throw new StorageQuotaExceededException(context, limit, firstTooMany);
        }
      }
    };
  }
}
