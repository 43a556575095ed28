package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.UpkeepContract;

class RamUpkeepTest extends UpkeepContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new RamHarness();
  }
}
