package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

class S3OnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onS3Proxy();
  }
}
