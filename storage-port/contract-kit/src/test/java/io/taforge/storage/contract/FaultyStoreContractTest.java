package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;

/** A store that nothing is done to keeps the contract as the one behind it does. */
class FaultyStoreContractTest extends ArtifactStoreContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new InMemoryHarness() {
      @Override
      ArtifactStore handle(ArtifactStore store) {
        return FaultyArtifactStore.over(store);
      }
    };
  }
}
