package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

/** The contract, on a real folder with full durability. */
class FilesystemStoreContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new FolderHarness();
  }
}
