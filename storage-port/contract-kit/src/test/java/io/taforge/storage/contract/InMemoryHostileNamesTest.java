package io.taforge.storage.contract;

class InMemoryHostileNamesTest extends HostileNamesContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new InMemoryHarness();
  }
}
