package io.taforge.adapter.minio;

import io.minio.MinioAsyncClient;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.BucketProofs;
import io.taforge.testbed.S3Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MinioBucketProofsTest extends BucketProofs {
  private final List<MinioAsyncClient> clients = new ArrayList<>();

  @AfterEach
  void closeClients() throws Exception {
    for (MinioAsyncClient each : clients) {
      each.close();
    }
  }

  @Override
  protected ArtifactStore open(S3Target there) {
    return MinioStores.open(there);
  }

  @Override
  protected ArtifactStore openAsAmazon(S3Target there) {
    MinioSettings settings = MinioStores.settings(there);
    MinioAsyncClient client = MinioClients.open(settings, new OngoingCalls());
    clients.add(client);
    return MinioArtifactStore.using(client, settings.withConnection(ServerConnection.toAmazon()));
  }
}
