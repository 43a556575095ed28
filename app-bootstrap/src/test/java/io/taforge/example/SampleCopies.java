package io.taforge.example;

import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.StorageException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.AsyncObjectStorageClient;
import io.taforge.storage.client.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Copies all samples of a request into a folder, several at a time. */
final class SampleCopies {
  private final AsyncObjectStorageClient storage;

  SampleCopies(AsyncObjectStorageClient storage) {
    this.storage = storage;
  }

  /** All of them or none: when one fails, those that are under way are given up. */
  CompletableFuture<List<Stored<LogSample>>> into(Path folder, RequestId request) {
    return storage.samplesOf(request).thenCompose(samples -> copied(samples, folder));
  }

  private CompletableFuture<List<Stored<LogSample>>> copied(
      List<Stored<LogSample>> samples, Path folder) {
    List<CompletableFuture<StoredArtifact>> copies =
        samples.stream()
            .map(Stored::artifact)
            .map(each -> storage.downloadTo(each, folder.resolve(each.fileName().value())))
            .toList();
    CompletableFuture<Void> all = CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new));
    for (CompletableFuture<StoredArtifact> each : copies) {
      CompletableFuture<StoredArtifact> unused =
          each.exceptionally(
              failure -> {
                copies.forEach(other -> other.cancel(true)); // interrupts it
                throw new CompletionException(failure);
              });
    }
    return all.thenApply(nothing -> samples);
  }

  /** What a service answers when a future has failed. */
  static int status(Throwable failure) {
    Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
    return reason instanceof StorageException known ? known.httpStatus() : 500;
  }
}
