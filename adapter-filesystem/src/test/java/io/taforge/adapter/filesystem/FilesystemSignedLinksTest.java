package io.taforge.adapter.filesystem;

import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.SignedLinksContract;

/** The contract of signed links, on a real folder and the link server. */
class FilesystemSignedLinksTest extends SignedLinksContract {
  @Override
  protected ArtifactStoreHarness harness() {
    return new ServedFolderHarness();
  }
}
