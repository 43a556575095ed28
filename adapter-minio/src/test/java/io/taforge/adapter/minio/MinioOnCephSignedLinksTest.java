package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.SignedLinksContract;

class MinioOnCephSignedLinksTest extends SignedLinksContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onCeph();
  }
}
