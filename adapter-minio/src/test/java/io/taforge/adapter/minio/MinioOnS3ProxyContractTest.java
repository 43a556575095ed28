package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class MinioOnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onS3Proxy();
  }
}
