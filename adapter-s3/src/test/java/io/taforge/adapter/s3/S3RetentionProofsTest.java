package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.RetentionProofs;
import io.taforge.testbed.S3Target;

class S3RetentionProofsTest extends RetentionProofs {
  @Override
  protected ArtifactStore open(S3Target target) {
    return S3Stores.open(target);
  }
}
