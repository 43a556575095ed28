package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.bootstrap.Backends;
import io.taforge.config.ServerSettings;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ListQuery;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.TransferSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Looks at the storage that the settings tell of, with less patience than work deserves. */
final class Checkup {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(15);

  private Checkup() {}

  static List<Finding> of(Settings settings, Clock clock) {
    try {
      ObjectStorageClient client = Backends.open(impatient(settings), clock).client();
      try (ArtifactStore store = client.store()) {
        requireAnswer(store);
        return client.verifyBuckets().stream().map(Finding::of).toList();
      }
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException | IllegalArgumentException e) {
      return List.of(Finding.of(e));
    }
  }

  /** A server that is not there is told once, and not for each bucket after the same long wait. */
  private static void requireAnswer(ArtifactStore store) {
    try {
      var unused = store.list(ListQuery.of(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).withPageSize(1));
    } catch (StorageConnectionException | StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      // it answers; what it says will be found when its buckets are looked at
    }
  }

  private static Settings impatient(Settings settings) {
    ServerSettings server = settings.server();
    ServerConnection connection = server.connection();
    TransferSettings transfers = server.transfers();
    return settings.withServer(
        server.with(
            connection.withConnections(
                connection.connections(), least(connection.connectTimeout(), TO_CONNECT)),
            transfers.withAttempts(1, least(transfers.patience(), TO_ANSWER))));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
