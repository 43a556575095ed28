package io.taforge.storage.client;

import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.ProgressListener;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageUploadException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of content in a file that nobody else may read; removed when this is closed. */
final class Spool implements AutoCloseable {
  private final Path file;
  private final ContentSource source;

  private Spool(Path file) throws IOException {
    this.file = file;
    this.source = ContentSource.of(file);
  }

  /** Copies content; what is announced of it in the options is checked on the way. */
  static Spool of(ContentSource content, Path folder, PutOptions options, FailureContext context) {
    try (IncomingContent incoming =
        IncomingContent.open(content, options.telling(ProgressListener.NONE), context)) {
      Path file = Files.createTempFile(folder, "taforge-", ".spool");
      boolean isComplete = false;
      try {
        copy(incoming, file);
        Spool spool = new Spool(file);
        isComplete = true;
        return spool;
      } finally {
        if (!isComplete) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new StorageUploadException(
          context, "the content cannot be copied to the folder " + folder, e);
    }
  }

  private static void copy(IncomingContent incoming, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      incoming.readAll(out::write);
    }
  }

  Path file() {
    return file;
  }

  ContentSource source() {
    return source;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it lies where temporary files are removed
    }
  }
}
