package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.LinkProofs;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;

class MinioLinkProofsTest extends LinkProofs {
  MinioLinkProofsTest() {
    super(S3ProxyServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return MinioArtifactStore.open(MinioStores.settings(target).withConnection(connection));
  }
}
