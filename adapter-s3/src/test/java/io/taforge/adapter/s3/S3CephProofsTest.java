package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.CephProofs;
import io.taforge.testbed.S3Target;
import java.nio.file.Path;
import java.util.Optional;

class S3CephProofsTest extends CephProofs {
  @Override
  protected ArtifactStore open(S3Target target, Optional<Path> certificates) {
    S3Settings settings = S3Stores.settings(target);
    return S3ArtifactStore.open(
        certificates
            .map(file -> settings.withConnection(settings.connection().withCertificates(file)))
            .orElse(settings));
  }
}
