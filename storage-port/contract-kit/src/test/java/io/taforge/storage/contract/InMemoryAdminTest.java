package io.taforge.storage.contract;

/** Buckets in memory are kept as buckets must be. */
class InMemoryAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new ServedHarness();
  }
}
