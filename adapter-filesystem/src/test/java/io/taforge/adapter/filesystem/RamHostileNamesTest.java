package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.HostileNamesContract;

class RamHostileNamesTest extends HostileNamesContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new RamHarness();
  }

  @Override
  protected int usualNames() {
    return 60; // the names themselves are those of a folder
  }
}
