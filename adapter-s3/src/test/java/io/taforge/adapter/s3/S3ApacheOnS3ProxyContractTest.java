package io.taforge.adapter.s3;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import org.junit.jupiter.api.Tag;

/** As {@link S3OnS3ProxyContractTest}, through the SDK's own HTTP. */
@Tag("other-settings")
class S3ApacheOnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return S3Stores.onS3Proxy(
        target ->
            S3ArtifactStore.open(
                S3Stores.settings(target).withTransport(S3Settings.Transport.APACHE)));
  }
}
