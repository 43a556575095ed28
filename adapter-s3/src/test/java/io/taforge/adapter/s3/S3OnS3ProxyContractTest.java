package io.taforge.adapter.s3;

import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import java.util.Set;

class S3OnS3ProxyContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new S3Harness(
        S3ProxyServer.running(),
        S3Stores::open,
        Set.of(Capability.CONDITIONAL_DELETE, Capability.SIGNED_LINKS),
        S3Stores.Opener.class);
  }
}
