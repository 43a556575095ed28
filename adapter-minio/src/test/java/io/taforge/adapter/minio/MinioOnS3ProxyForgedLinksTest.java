package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.ForgedLinkProofs;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;

class MinioOnS3ProxyForgedLinksTest extends ForgedLinkProofs {
  MinioOnS3ProxyForgedLinksTest() {
    super(S3ProxyServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target) {
    return MinioArtifactStore.open(MinioStores.settings(target));
  }
}
