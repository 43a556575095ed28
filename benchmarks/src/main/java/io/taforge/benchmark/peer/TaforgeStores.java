package io.taforge.benchmark.peer;

import io.taforge.adapter.filesystem.FilesystemArtifactStore;
import io.taforge.adapter.filesystem.FilesystemSettings;
import io.taforge.adapter.minio.MinioArtifactStore;
import io.taforge.adapter.minio.MinioSettings;
import io.taforge.adapter.s3.S3ArtifactStore;
import io.taforge.adapter.s3.S3Settings;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.TransferSettings;

/** Opens stores of taforge with the settings that a user gets who sets nothing but the place. */
final class TaforgeStores {
  private TaforgeStores() {}

  static ArtifactStore s3(Site site) {
    return S3ArtifactStore.open(s3Settings(site));
  }

  /** With more parts at once, as on a link where one connection is slow. */
  static ArtifactStore s3(Site site, int partsAtOnce) {
    TransferSettings usual = TransferSettings.defaults();
    return S3ArtifactStore.open(
        s3Settings(site).withTransfers(usual.withParts(usual.parts(), partsAtOnce)));
  }

  /** With one request for what others cut into parts, as for a server that is fast on one. */
  static ArtifactStore s3InOneRequest(Site site) {
    return S3ArtifactStore.open(s3Settings(site).withTransfers(inOneRequest()));
  }

  static S3Settings s3Settings(Site site) {
    return S3Settings.at(endpoint(site), credentials(site))
        .withConnection(connection(site))
        .withBuckets(buckets(site));
  }

  static ArtifactStore minio(Site site) {
    return MinioArtifactStore.open(minioSettings(site));
  }

  /** As {@link #s3InOneRequest}. */
  static ArtifactStore minioInOneRequest(Site site) {
    return MinioArtifactStore.open(minioSettings(site).withTransfers(inOneRequest()));
  }

  private static MinioSettings minioSettings(Site site) {
    return MinioSettings.at(endpoint(site), credentials(site))
        .withConnection(connection(site))
        .withBuckets(buckets(site));
  }

  private static TransferSettings inOneRequest() {
    TransferSettings usual = TransferSettings.defaults();
    return usual.withParts(usual.parts().inOnePiece(), usual.partsAtOnce());
  }

  static ArtifactStore filesystem(Site site) {
    ArtifactStore store =
        FilesystemArtifactStore.open(
            FilesystemSettings.at(site.folder().resolve("store"))
                .withBuckets(buckets(site))
                .withLinkEndpoint(site.endpoint()));
    store.createBuckets();
    return store;
  }

  private static ServerConnection connection(Site site) {
    ServerConnection connection = ServerConnection.to(endpoint(site));
    return site.certificate().map(connection::withCertificates).orElse(connection);
  }

  private static Endpoint endpoint(Site site) {
    return new Endpoint(site.endpoint());
  }

  private static Credentials credentials(Site site) {
    return new Credentials(site.accessKey(), site.secretKey());
  }

  private static Buckets buckets(Site site) {
    return new Buckets(site.bucket(), "bundles-of-nobody", "debug-of-nobody");
  }
}
