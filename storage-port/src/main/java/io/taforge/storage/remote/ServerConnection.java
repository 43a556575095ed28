package io.taforge.storage.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is reached.
 *
 * @param endpoint where it is; empty for Amazon S3 itself
 * @param isPathStyle whether a bucket is in the path of a request instead of its host name
 * @param connectTimeout how long a connection may take to come about
 * @param connections how many are open at the most, 1 to 1,000
 * @param certificates PEM file with the certificates of the authorities to trust; empty for those
 *     of the Java platform
 * @param linkEndpoint where signed links lead, if strangers do not find the server where it is for
 *     us: as behind a reverse proxy, or in the network of containers; empty for the endpoint. No
 *     request goes there.
 */
public record ServerConnection(
    Optional<Endpoint> endpoint,
    boolean isPathStyle,
    Duration connectTimeout,
    int connections,
    Optional<Path> certificates,
    Optional<Endpoint> linkEndpoint) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is exceeded
   */
  public ServerConnection {
    if (connections < 1 || connections > 1000) {
      throw new IllegalArgumentException(
          connections + " is not a number of connections: 1 to 1000 are allowed");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException(
          connectTimeout + " is not a time to connect in: it must be positive");
    }
  }

  /** To Amazon S3 itself: up to 50 connections, each within 30 seconds. */
  public static ServerConnection toAmazon() {
    return new ServerConnection(
        Optional.empty(), false, Duration.ofSeconds(30), 50, Optional.empty(), Optional.empty());
  }

  /** To any other server, with buckets in the path: up to 50 connections, 30 seconds each. */
  public static ServerConnection to(Endpoint endpoint) {
    return new ServerConnection(
        Optional.of(endpoint),
        true,
        Duration.ofSeconds(30),
        50,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether requests go over TLS, as all to Amazon do. */
  public boolean isTls() {
    return endpoint.map(Endpoint::isTls).orElse(true);
  }

  /** With the bucket in the path, or in the host name. */
  public ServerConnection withPathStyle(boolean isWanted) {
    return new ServerConnection(
        endpoint, isWanted, connectTimeout, connections, certificates, linkEndpoint);
  }

  /** With so many connections at the most, each of which may take so long to come about. */
  public ServerConnection withConnections(int most, Duration timeout) {
    return new ServerConnection(endpoint, isPathStyle, timeout, most, certificates, linkEndpoint);
  }

  /** Trusting the authorities in this PEM file and no others. */
  public ServerConnection withCertificates(Path file) {
    return new ServerConnection(
        endpoint, isPathStyle, connectTimeout, connections, Optional.of(file), linkEndpoint);
  }

  /** With signed links that lead there; what listens there must pass them on, host included. */
  public ServerConnection withLinkEndpoint(Endpoint other) {
    return new ServerConnection(
        endpoint, isPathStyle, connectTimeout, connections, certificates, Optional.of(other));
  }
}
