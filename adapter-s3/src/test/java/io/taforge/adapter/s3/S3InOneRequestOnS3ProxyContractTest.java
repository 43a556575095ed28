package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.testbed.RemoteStoreProofs;
import org.junit.jupiter.api.Tag;

/** As {@link S3OnS3ProxyContractTest}, and nothing goes up in parts. */
@Tag("other-settings")
class S3InOneRequestOnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onS3Proxy(
        target ->
            S3ArtifactStore.open(
                S3Stores.settings(target).withTransfers(RemoteStoreProofs.inOneRequest())));
  }
}
