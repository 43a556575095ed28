package io.taforge.adapter.s3;

import io.taforge.storage.remote.RemoteArtifactStore;
import software.amazon.awssdk.services.s3.S3Client;

/** Keeps artifacts in Amazon S3, or in a server that speaks its protocol. */
public final class S3ArtifactStore extends RemoteArtifactStore {
  private S3ArtifactStore(S3Server server, S3Settings settings) {
    super(
        server,
        settings.connection(),
        settings.buckets(),
        settings.transfers(),
        settings.features());
  }

  /**
   * Opens the store; that asks no server yet.
   *
   * @throws IllegalArgumentException if the file with certificates cannot be used
   */
  public static S3ArtifactStore open(S3Settings settings) {
    S3Client client = S3Clients.open(settings);
    TimeKeeper timeKeeper =
        S3Clients.isOverSockets(settings) ? TimeKeeper.TRANSPORT : TimeKeeper.SDK;
    return new S3ArtifactStore(new S3Server(client, settings, timeKeeper, client::close), settings);
  }

  /**
   * Opens the store on a client that the caller has built and will close. Retries, time-outs,
   * checksums and signatures are as the client has them, but no request goes on for longer than the
   * settings allow all of its attempts together, unless the client itself allows less; the
   * settings' region and credentials are not used, and of their connection only what the client
   * does not tell: whether links have the bucket in their path, and lead elsewhere than to the
   * client's endpoint.
   */
  public static S3ArtifactStore using(S3Client client, S3Settings settings) {
    return new S3ArtifactStore(
        new S3Server(client, settings, TimeKeeper.CALLER, () -> {}), settings);
  }
}
