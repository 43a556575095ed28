package io.taforge.storage.contract;

/** Links to what is in memory do what links must, when a server serves them. */
class InMemorySignedLinksTest extends SignedLinksContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new ServedHarness();
  }
}
