package io.taforge.adapter.s3;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class S3OnCephAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onCeph();
  }
}
