package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.LinkProofs;
import io.taforge.testbed.S3Target;

class S3CephLinkProofsTest extends LinkProofs {
  S3CephLinkProofsTest() {
    super(CephServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target, ServerConnection connection) {
    return S3ArtifactStore.open(S3Stores.settings(target).withConnection(connection));
  }
}
