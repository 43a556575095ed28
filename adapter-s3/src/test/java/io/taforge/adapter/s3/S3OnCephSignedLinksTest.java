package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.SignedLinksContract;

class S3OnCephSignedLinksTest extends SignedLinksContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onCeph();
  }
}
