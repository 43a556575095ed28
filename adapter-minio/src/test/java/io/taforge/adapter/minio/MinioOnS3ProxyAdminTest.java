package io.taforge.adapter.minio;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class MinioOnS3ProxyAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onS3Proxy();
  }
}
