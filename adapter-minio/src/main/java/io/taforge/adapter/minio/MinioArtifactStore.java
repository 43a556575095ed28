package io.taforge.adapter.minio;

import io.minio.MinioAsyncClient;
import io.taforge.storage.remote.RemoteArtifactStore;

/** Keeps artifacts in any server that speaks the protocol of Amazon S3, such as MinIO or Ceph. */
public final class MinioArtifactStore extends RemoteArtifactStore {
  private MinioArtifactStore(MinioServer server, MinioSettings settings) {
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
   * @throws IllegalArgumentException if the SDK does not take the endpoint or the region, or the
   *     file with certificates cannot be used
   */
  public static MinioArtifactStore open(MinioSettings settings) {
    return new MinioArtifactStore(MinioServer.open(settings), settings);
  }

  /**
   * Opens the store on a client that the caller has built and will close. It must be the SDK's
   * asynchronous client: a {@code MinioClient} is one inside, but does not show it, and has no
   * methods for uploads in parts and for conditions.
   *
   * <p>Retries and time-outs are as the client has them, and nothing is tried again beyond that.
   * The settings' credentials are not used; their region must be the client's, and of their
   * connection only {@link io.taforge.storage.remote.ServerConnection#linkEndpoint} is used, with
   * the style of its paths.
   */
  public static MinioArtifactStore using(MinioAsyncClient client, MinioSettings settings) {
    return new MinioArtifactStore(MinioServer.using(client, settings), settings);
  }
}
