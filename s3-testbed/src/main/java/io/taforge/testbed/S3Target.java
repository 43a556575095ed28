package io.taforge.testbed;

import io.taforge.storage.Buckets;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where an adapter opens its store.
 *
 * @param endpoint where to send requests, with buckets in the path
 * @param region the region that signatures name
 * @param accessKey the public half of the credentials
 * @param secretKey the other half
 * @param buckets which buckets hold the artifacts
 * @param linkEndpoint where signed links lead; empty for the endpoint
 */
public record S3Target(
    URI endpoint,
    String region,
    String accessKey,
    String secretKey,
    Buckets buckets,
    Optional<URI> linkEndpoint) {
  private static final String BETWEEN = " ";

  /** With links that lead to the endpoint. */
  public S3Target(
      URI endpoint, String region, String accessKey, String secretKey, Buckets buckets) {
    this(endpoint, region, accessKey, secretKey, buckets, Optional.empty());
  }

  /** With links that lead there. */
  public S3Target withLinkEndpoint(URI other) {
    return new S3Target(endpoint, region, accessKey, secretKey, buckets, Optional.of(other));
  }

  /** How an adapter reaches it. */
  public ServerConnection connection() {
    ServerConnection direct = ServerConnection.to(new Endpoint(endpoint));
    return linkEndpoint.map(Endpoint::new).map(direct::withLinkEndpoint).orElse(direct);
  }

  /** All of it as one text, for another process. */
  public String encode() {
    return String.join(
        BETWEEN,
        endpoint.toString(),
        region,
        accessKey,
        secretKey,
        buckets.samples(),
        buckets.bundles(),
        buckets.debug(),
        linkEndpoint.map(URI::toString).orElse(""));
  }

  /** Reads what {@link #encode} has made. */
  public static S3Target decode(String text) {
    List<String> parts = List.of(text.split(BETWEEN, -1));
    if (parts.size() != 8) {
      throw new IllegalArgumentException("Not a target: " + parts.size() + " parts instead of 8");
    }
    return new S3Target(
        URI.create(parts.get(0)),
        parts.get(1),
        parts.get(2),
        parts.get(3),
        new Buckets(parts.get(4), parts.get(5), parts.get(6)),
        Optional.of(parts.get(7)).filter(uri -> !uri.isEmpty()).map(URI::create));
  }

  @Override
  public String toString() {
    return accessKey + " at " + endpoint + " (" + region + "), " + buckets;
  }
}
