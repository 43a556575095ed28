package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.RetentionContract;

class FilesystemRetentionTest extends RetentionContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new FolderHarness();
  }
}
