package io.taforge.adapter.s3;

import io.taforge.storage.Buckets;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.ServerFeatures;
import io.taforge.storage.remote.TransferSettings;
import java.util.Optional;

/**
 * Where and how an {@link S3ArtifactStore} keeps its artifacts.
 *
 * @param connection how the server is reached
 * @param region name of the region, which requests are signed for
 * @param credentials who asks; empty for what the AWS SDK's default chain finds: environment, web
 *     identity, profiles, container and instance roles
 * @param buckets which bucket holds which kind
 * @param transfers how content goes up and down
 * @param features what the server can do
 * @param integrity how the server is made to verify what it gets
 * @param transport what speaks HTTP
 */
public record S3Settings(
    ServerConnection connection,
    String region,
    Optional<Credentials> credentials,
    Buckets buckets,
    TransferSettings transfers,
    ServerFeatures features,
    Integrity integrity,
    Transport transport) {
  /** How the server is made to verify what it gets. In any case taforge verifies what it reads. */
  public enum Integrity {
    /**
     * With SHA-256 checksums in headers of their own, which Amazon S3 verifies, keeps, and sends
     * back with the content. Not all other servers know them, and some ignore them.
     */
    FULL,
    /**
     * With the content's SHA-256 in the request's signature, which every server verifies that
     * verifies signatures; nothing that Ceph, Swift and older servers would not understand.
     */
    COMPATIBLE
  }

  /** What speaks HTTP below the AWS SDK. */
  public enum Transport {
    /** The SDK's own client on Apache HttpClient 5, which also goes through proxies. */
    APACHE,
    /**
     * Blocking sockets, with fewer copies and less garbage. Where the environment or the system
     * properties name a proxy, it is {@link #APACHE} after all.
     */
    SOCKETS
  }

  /**
   * Checks the region.
   *
   * @throws IllegalArgumentException if there is none
   */
  public S3Settings {
    if (region.isBlank()) {
      throw new IllegalArgumentException("A region is needed, such as us-east-1");
    }
  }

  /** Amazon S3 in a region, with the credentials that the AWS SDK finds. */
  public static S3Settings amazon(String region) {
    return new S3Settings(
        ServerConnection.toAmazon(),
        region,
        Optional.empty(),
        Buckets.defaults(),
        TransferSettings.defaults(),
        ServerFeatures.amazonS3(),
        Integrity.FULL,
        Transport.SOCKETS);
  }

  /** Any other server that speaks the protocol of Amazon S3. */
  public static S3Settings at(Endpoint endpoint, Credentials credentials) {
    return new S3Settings(
        ServerConnection.to(endpoint),
        "us-east-1",
        Optional.of(credentials),
        Buckets.defaults(),
        TransferSettings.defaults(),
        ServerFeatures.unknown(),
        Integrity.COMPATIBLE,
        Transport.SOCKETS);
  }

  /** With this way to the server. */
  public S3Settings withConnection(ServerConnection other) {
    return new S3Settings(
        other, region, credentials, buckets, transfers, features, integrity, transport);
  }

  /** With this region. */
  public S3Settings withRegion(String other) {
    return new S3Settings(
        connection, other, credentials, buckets, transfers, features, integrity, transport);
  }

  /** With these credentials. */
  public S3Settings withCredentials(Credentials others) {
    return new S3Settings(
        connection,
        region,
        Optional.of(others),
        buckets,
        transfers,
        features,
        integrity,
        transport);
  }

  /** With these buckets. */
  public S3Settings withBuckets(Buckets others) {
    return new S3Settings(
        connection, region, credentials, others, transfers, features, integrity, transport);
  }

  /** With these transfers. */
  public S3Settings withTransfers(TransferSettings others) {
    return new S3Settings(
        connection, region, credentials, buckets, others, features, integrity, transport);
  }

  /** For a server that can do this. */
  public S3Settings withFeatures(ServerFeatures others) {
    return new S3Settings(
        connection, region, credentials, buckets, transfers, others, integrity, transport);
  }

  /** With this integrity. */
  public S3Settings withIntegrity(Integrity other) {
    return new S3Settings(
        connection, region, credentials, buckets, transfers, features, other, transport);
  }

  /** With this transport. */
  public S3Settings withTransport(Transport other) {
    return new S3Settings(
        connection, region, credentials, buckets, transfers, features, integrity, other);
  }
}
