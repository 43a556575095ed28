package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class MinioOnCephContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onCeph();
  }
}
