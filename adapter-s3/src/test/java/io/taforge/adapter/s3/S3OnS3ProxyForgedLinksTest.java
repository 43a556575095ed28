package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.ForgedLinkProofs;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;

class S3OnS3ProxyForgedLinksTest extends ForgedLinkProofs {
  S3OnS3ProxyForgedLinksTest() {
    super(S3ProxyServer.running());
  }

  @Override
  protected ArtifactStore open(S3Target target) {
    return S3ArtifactStore.open(S3Stores.settings(target));
  }
}
