package io.taforge.storage.contract;

class InMemoryUpkeepTest extends UpkeepContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new InMemoryHarness();
  }
}
