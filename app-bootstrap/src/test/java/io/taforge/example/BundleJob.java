package io.taforge.example;

import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Stores a generated bundle, and tries for a while if the storage cannot be reached. */
final class BundleJob implements Callable<StoredArtifact> {
  private static final int ATTEMPTS = 5;

  private final ObjectStorageClient storage;
  private final TaBundle bundle;
  private final Path archive;
  private final Duration pause;

  BundleJob(
      ObjectStorageClient storage, RequestId request, int version, Path archive, Duration pause) {
    this.storage = storage;
    // one revision for all attempts, so that none of them stores the bundle once more
    this.bundle = new TaBundle(request, new BundleVersion(version), RevisionId.random());
    this.archive = archive;
    this.pause = pause;
  }

  @Override
  public StoredArtifact call() throws IOException, InterruptedException {
    PutOptions once = PutOptions.defaults().on(WriteCondition.ifAbsent());
    for (int attempt = 1; ; attempt++) {
      try {
        return storage.upload(bundle, ContentSource.of(archive), once);
      } catch (StorageConflictException e) {
        return storage.find(bundle).orElseThrow(() -> e); // an earlier attempt has stored it
      } catch (StorageException e) {
        if (!e.isRetryable() || attempt == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(pause.multipliedBy(attempt).toMillis());
    }
  }
}
