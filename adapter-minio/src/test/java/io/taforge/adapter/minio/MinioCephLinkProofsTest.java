package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.LinkProofs;
import io.taforge.testbed.S3Target;

class MinioCephLinkProofsTest extends LinkProofs {
  MinioCephLinkProofsTest() {
    super(CephServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return MinioArtifactStore.open(MinioStores.settings(target).withConnection(connection));
  }
}
