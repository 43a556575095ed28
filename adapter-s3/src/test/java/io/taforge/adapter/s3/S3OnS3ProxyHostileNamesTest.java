package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.HostileNamesContract;

class S3OnS3ProxyHostileNamesTest extends HostileNamesContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onS3Proxy();
  }

  @Override
  protected int usualNames() {
    return 30; // each takes two requests; the profile soak tries all
  }
}
