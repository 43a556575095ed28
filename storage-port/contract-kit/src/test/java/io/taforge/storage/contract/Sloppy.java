package io.taforge.storage.contract;

import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What several broken stores do with the sources and options they are given. */
final class Sloppy {
  private Sloppy() {}

  /** Changes the stream that a source opens, and keeps its length. */
  static ContentSource reading(ContentSource source, UnaryOperator<InputStream> change) {
    return reading(source, source.length(), change);
  }

  /** Changes the stream that a source opens, and its length. */
  static ContentSource reading(
      ContentSource source, OptionalLong length, UnaryOperator<InputStream> change) {
    return new ContentSource() {
      @Override
      public OptionalLong length() {
        return length;
      }

      @Override
      public boolean isReplayable() {
        return source.isReplayable();
      }

      @Override
      public InputStream open() throws IOException {
        return change.apply(source.open());
      }
    };
  }

  /** Changes all the bytes of a source. */
  static ContentSource changed(ContentSource source, UnaryOperator<byte[]> change) {
    return new ContentSource() {
      @Override
      public OptionalLong length() {
        return OptionalLong.empty();
      }

      @Override
      public boolean isReplayable() {
        return source.isReplayable();
      }

      @Override
      public InputStream open() throws IOException {
        try (InputStream stream = source.open()) {
          return new ByteArrayInputStream(change.apply(stream.readAllBytes()));
        }
      }
    };
  }

  /** Shows the first bytes to somebody as soon as they are read. */
  static InputStream peeking(InputStream stream, Consumer<byte[]> peeker) {
    return new FilterInputStream(stream) {
      private boolean hasPeeked;

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, Math.min(length, 1000));
        if (read > 0 && !hasPeeked) {
          hasPeeked = true;
          peeker.accept(Arrays.copyOfRange(buffer, offset, offset + read));
        }
        return read;
      }
    };
  }

  /** The same bytes, and nobody who closes them. */
  static InputStream unclosed(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public void close() {
        // forgotten
      }
    };
  }

  static boolean isUnconditional(PutOptions options) {
    return options.condition() instanceof WriteCondition.Always;
  }

  static PutOptions withoutChecksum(PutOptions options) {
    PutOptions others = withoutChecksumAndDeadline(options);
    return options.deadline().map(others::within).orElse(others);
  }

  static PutOptions withoutDeadline(PutOptions options) {
    PutOptions others = withoutChecksumAndDeadline(options);
    return options.expectedSha256().map(others::expecting).orElse(others);
  }

  private static PutOptions withoutChecksumAndDeadline(PutOptions options) {
    PutOptions others =
        PutOptions.defaults()
            .withMetadata(options.metadata())
            .withTags(options.tags())
            .on(options.condition())
            .telling(options.progress());
    return options.contentType().map(others::withContentType).orElse(others);
  }

  static PutOptions withoutContentType(PutOptions options) {
    PutOptions others =
        PutOptions.defaults()
            .withMetadata(options.metadata())
            .withTags(options.tags())
            .on(options.condition())
            .telling(options.progress());
    others = options.deadline().map(others::within).orElse(others);
    return options.expectedSha256().map(others::expecting).orElse(others);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
