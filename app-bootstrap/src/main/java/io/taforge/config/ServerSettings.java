package io.taforge.config;

import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.ServerFeatures;
import io.taforge.storage.remote.TransferSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is used, for the backends {@code minio} and {@code s3}; where links lead, and how
 * long they are valid, for {@code filesystem}, too. Without an endpoint it is Amazon S3 itself, and
 * with {@code minio} there is one, and credentials as well.
 *
 * @param connection how it is reached
 * @param region name of the region
 * @param credentials who asks; empty means what the AWS SDK finds
 * @param transfers how content goes up and down
 * @param features what it can do
 * @param isFullIntegrity whether it is made to verify content in the way of Amazon S3, and not in
 *     the way that all servers understand; for {@code s3} only
 * @param isOnSockets whether HTTP is spoken over plain sockets, and not through Apache HttpClient;
 *     for {@code s3} only
 * @param linkValidity how long signed links are valid if nothing else is said
 */
public record ServerSettings(
    ServerConnection connection,
    String region,
    Optional<Credentials> credentials,
    TransferSettings transfers,
    ServerFeatures features,
    boolean isFullIntegrity,
    boolean isOnSockets,
    Duration linkValidity) {
  /** Reached in this way, with content that goes up and down like this. */
  public ServerSettings with(ServerConnection otherWay, TransferSettings otherTransfers) {
    return new ServerSettings(
        otherWay,
        region,
        credentials,
        otherTransfers,
        features,
        isFullIntegrity,
        isOnSockets,
        linkValidity);
  }
}
