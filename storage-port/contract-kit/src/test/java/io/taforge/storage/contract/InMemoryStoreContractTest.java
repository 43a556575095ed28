package io.taforge.storage.contract;

/** The reference implementation keeps its own contract. */
class InMemoryStoreContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new InMemoryHarness();
  }
}
