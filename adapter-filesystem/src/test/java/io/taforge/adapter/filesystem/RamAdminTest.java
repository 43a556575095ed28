package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

/** The contract of buckets, on a file system of Commons VFS. */
class RamAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new RamHarness();
  }
}
