package io.taforge.adapter.s3;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class S3OnS3ProxyAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onS3Proxy();
  }
}
