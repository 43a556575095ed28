package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.RetentionContract;

class MinioOnS3ProxyRetentionTest extends RetentionContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onS3Proxy();
  }
}
