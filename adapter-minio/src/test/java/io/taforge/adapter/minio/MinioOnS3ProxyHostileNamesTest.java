package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.HostileNamesContract;

class MinioOnS3ProxyHostileNamesTest extends HostileNamesContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onS3Proxy();
  }

  @Override
  protected int usualNames() {
    return 30; // each takes two requests; the profile soak tries all
  }
}
