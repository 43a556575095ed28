package io.taforge.adapter.minio;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class MinioOnCephAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onCeph();
  }
}
