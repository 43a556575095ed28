package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.RetentionProofs;
import io.taforge.testbed.S3Target;

class MinioRetentionProofsTest extends RetentionProofs {
  @Override
  protected ArtifactStore open(S3Target target) {
    return MinioStores.open(target);
  }
}
