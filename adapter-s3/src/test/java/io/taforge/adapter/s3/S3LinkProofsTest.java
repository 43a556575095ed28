package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.LinkProofs;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;

class S3LinkProofsTest extends LinkProofs {
  S3LinkProofsTest() {
    super(S3ProxyServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return S3ArtifactStore.open(S3Stores.settings(target).withConnection(connection));
  }
}
