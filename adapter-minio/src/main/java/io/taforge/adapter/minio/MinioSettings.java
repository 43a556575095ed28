package io.taforge.adapter.minio;

import io.taforge.storage.Buckets;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.ServerFeatures;
import io.taforge.storage.remote.TransferSettings;

/**
 * Where and how a {@link MinioArtifactStore} keeps its artifacts.
 *
 * @param connection how the server is reached
 * @param region name of the region, which requests are signed for and buckets are made in
 * @param credentials who asks
 * @param buckets which bucket holds which kind
 * @param transfers how content goes up and down
 * @param features what the server can do
 */
public record MinioSettings(
    ServerConnection connection,
    String region,
    Credentials credentials,
    Buckets buckets,
    TransferSettings transfers,
    ServerFeatures features) {
  /**
   * Checks the region.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MinioSettings {
    if (region.isBlank()) {
      throw new IllegalArgumentException("A region is needed, such as us-east-1");
    }
  }

  /** A server that speaks the protocol of Amazon S3, in the region {@code us-east-1}. */
  public static MinioSettings at(Endpoint endpoint, Credentials credentials) {
    return new MinioSettings(
        ServerConnection.to(endpoint),
        "us-east-1",
        credentials,
        Buckets.defaults(),
        TransferSettings.defaults(),
        ServerFeatures.unknown());
  }

  /** With this way to the server. */
  public MinioSettings withConnection(ServerConnection other) {
    return new MinioSettings(other, region, credentials, buckets, transfers, features);
  }

  /** With this region. */
  public MinioSettings withRegion(String other) {
    return new MinioSettings(connection, other, credentials, buckets, transfers, features);
  }

  /** With these credentials. */
  public MinioSettings withCredentials(Credentials others) {
    return new MinioSettings(connection, region, others, buckets, transfers, features);
  }

  /** With these buckets. */
  public MinioSettings withBuckets(Buckets others) {
    return new MinioSettings(connection, region, credentials, others, transfers, features);
  }

  /** With these transfers. */
  public MinioSettings withTransfers(TransferSettings others) {
    return new MinioSettings(connection, region, credentials, buckets, others, features);
  }

  /** For a server that can do this. */
  public MinioSettings withFeatures(ServerFeatures others) {
    return new MinioSettings(connection, region, credentials, buckets, transfers, others);
  }
}
