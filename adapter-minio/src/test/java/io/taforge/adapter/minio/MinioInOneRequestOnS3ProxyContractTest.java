package io.taforge.adapter.minio;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.testbed.RemoteStoreProofs;
import org.junit.jupiter.api.Tag;

/** As {@link MinioOnS3ProxyContractTest}, and nothing goes up in parts. */
@Tag("other-settings")
class MinioInOneRequestOnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return MinioStores.onS3Proxy(
        target ->
            MinioArtifactStore.open(
                MinioStores.settings(target).withTransfers(RemoteStoreProofs.inOneRequest())));
  }
}
