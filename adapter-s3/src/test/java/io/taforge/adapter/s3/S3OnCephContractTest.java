package io.taforge.adapter.s3;

import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.S3Harness;
import java.util.Set;

class S3OnCephContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new S3Harness(
        CephServer.running(),
        S3Stores::open,
        Set.of(Capability.SIGNED_LINKS, Capability.TAGS),
        S3Stores.Opener.class);
  }
}
