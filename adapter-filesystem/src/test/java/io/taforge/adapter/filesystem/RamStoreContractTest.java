package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

/** The contract, on another file system of Commons VFS. */
class RamStoreContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new RamHarness();
  }
}
