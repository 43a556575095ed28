package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.RemoteStoreProofs;
import io.taforge.testbed.S3Target;
import io.taforge.testbed.SecretProofs;
import java.time.Duration;

class S3SecretProofsTest extends SecretProofs {
  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return S3ArtifactStore.open(
        settings(target)
            .withConnection(connection)
            .withTransfers(RemoteStoreProofs.patient().withAttempts(1, Duration.ofSeconds(10))));
  }

  @Override
  protected S3Settings settings(S3Target target) {
    return S3Stores.settings(target);
  }
}
