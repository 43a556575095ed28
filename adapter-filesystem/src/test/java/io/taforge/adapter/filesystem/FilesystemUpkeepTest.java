package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.UpkeepContract;

class FilesystemUpkeepTest extends UpkeepContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new FolderHarness();
  }
}
