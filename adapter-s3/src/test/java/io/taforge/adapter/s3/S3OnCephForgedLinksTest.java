package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.ForgedLinkProofs;
import io.taforge.testbed.S3Target;

class S3OnCephForgedLinksTest extends ForgedLinkProofs {
  S3OnCephForgedLinksTest() {
    super(CephServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target) {
    return S3ArtifactStore.open(S3Stores.settings(target));
  }
}
