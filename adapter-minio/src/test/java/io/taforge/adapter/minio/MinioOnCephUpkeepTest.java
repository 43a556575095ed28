package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.UpkeepContract;

class MinioOnCephUpkeepTest extends UpkeepContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onCeph();
  }
}
