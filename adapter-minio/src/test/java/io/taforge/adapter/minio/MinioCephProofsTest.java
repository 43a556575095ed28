package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.CephProofs;
import io.taforge.testbed.S3Target;
import java.nio.file.Path;
import java.util.Optional;

class MinioCephProofsTest extends CephProofs {
  @Override
  protected ArtifactStore open(S3Target target, Optional<Path> certificates) {
    MinioSettings settings = MinioStores.settings(target);
    return MinioArtifactStore.open(
        certificates
            .map(file -> settings.withConnection(settings.connection().withCertificates(file)))
            .orElse(settings));
  }
}
