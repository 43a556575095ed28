package io.taforge.adapter.filesystem;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUploadException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The one place that knows what a file system's failures mean. */
final class FilesystemFailures {
  private FilesystemFailures() {}

  static StorageException translate(FailureContext context, IOException failure) {
    if (failure instanceof ClosedByInterruptException
        || failure instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
      return new StorageInterruptedException(context, "the thread was interrupted", failure);
    }
    if (failure instanceof AccessDeniedException denied) {
      return new StorageAccessDeniedException(
          context, "the file system denies access to " + denied.getFile(), failure);
    }
    if (failure instanceof NotDirectoryException other) {
      return failed(
          context, other.getFile() + " is a file or a link where a folder must be", failure);
    }
    if (failure instanceof ContentRecord.DamagedRecordException) {
      return new StorageIntegrityException(
          context, "the record beside the content is damaged: " + failure.getMessage(), failure);
    }
    return failed(context, reason(failure), failure);
  }

  private static StorageException failed(
      FailureContext context, String reason, IOException failure) {
    return switch (context.operation()) {
      case PUT -> new StorageUploadException(context, reason, failure);
      case GET -> new StorageDownloadException(context, reason, failure);
      default -> new StorageBucketException(context, reason, failure);
    };
  }

  private static String reason(IOException failure) {
    String message =
        failure instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left")) {
      return "the disk is full";
    }
    if (lower.contains("quota exceeded")) {
      return "the disk quota is used up";
    }
    if (lower.contains("read-only file system")) {
      return "the file system is read-only";
    }
    return "the file system says: " + message.replaceAll("\\s+", " ");
  }
}
