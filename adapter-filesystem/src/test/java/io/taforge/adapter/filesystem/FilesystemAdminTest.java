package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.AdminContract;
import io.taforge.storage.contract.ArtifactStoreHarness;

/** The contract of buckets, on a real folder and the link server. */
class FilesystemAdminTest extends AdminContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new ServedFolderHarness();
  }
}
