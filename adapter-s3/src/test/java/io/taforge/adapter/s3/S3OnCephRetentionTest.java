package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.RetentionContract;

class S3OnCephRetentionTest extends RetentionContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onCeph();
  }
}
