package io.taforge.adapter.minio;

import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.S3Harness;
import java.util.Set;

class MinioOnCephContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new S3Harness(
        CephServer.running(),
        MinioStores::open,
        Set.of(Capability.SIGNED_LINKS, Capability.TAGS),
        MinioStores.Opener.class);
  }
}
