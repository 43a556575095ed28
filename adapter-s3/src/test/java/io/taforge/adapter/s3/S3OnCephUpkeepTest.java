package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.UpkeepContract;

class S3OnCephUpkeepTest extends UpkeepContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onCeph();
  }
}
