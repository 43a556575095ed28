package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.RemoteStoreProofs;
import io.taforge.testbed.S3Target;
import io.taforge.testbed.SecretProofs;
import java.time.Duration;

class MinioSecretProofsTest extends SecretProofs {
  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return MinioArtifactStore.open(
        settings(target)
            .withConnection(connection)
            .withTransfers(RemoteStoreProofs.patient().withAttempts(1, Duration.ofSeconds(10))));
  }

  @Override
  protected MinioSettings settings(S3Target target) {
    return MinioStores.settings(target);
  }
}
