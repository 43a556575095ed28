package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.ForgedLinkProofs;
import io.taforge.testbed.S3Target;

class MinioOnCephForgedLinksTest extends ForgedLinkProofs {
  MinioOnCephForgedLinksTest() {
    super(CephServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target) {
    return MinioArtifactStore.open(MinioStores.settings(target));
  }
}
