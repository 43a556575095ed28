package io.taforge.storage.contract;

/** Retention over a space in memory does what it must. */
class InMemoryRetentionTest extends RetentionContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new InMemoryHarness();
  }
}
