package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.BucketProofs;
import io.taforge.testbed.S3Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.s3.S3Client;

class S3BucketProofsTest extends BucketProofs {
  private final List<S3Client> clients = new ArrayList<>();

  @AfterEach
  void closeClients() {
    clients.forEach(S3Client::close);
  }

  @Override
  protected ArtifactStore open(S3Target there) {
    return S3Stores.open(there);
  }

  @Override
  protected ArtifactStore openAsAmazon(S3Target there) {
    S3Settings settings = S3Stores.settings(there);
    S3Client client = S3Clients.open(settings);
    clients.add(client);
    return S3ArtifactStore.using(client, settings.withConnection(ServerConnection.toAmazon()));
  }
}
