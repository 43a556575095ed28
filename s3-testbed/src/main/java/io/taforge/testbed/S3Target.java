package io.taforge.testbed;

import io.taforge.storage.Buckets;
import java.net.URI;
import java.util.List;

/**
 * Where an adapter opens its store.
 *
 * @param endpoint where to send requests, with buckets in the path
 * @param region the region that signatures name
 * @param accessKey the public half of the credentials
 * @param secretKey the other half
 * @param buckets which buckets hold the artifacts
 */
public record S3Target(
    URI endpoint, String region, String accessKey, String secretKey, Buckets buckets) {
  private static final String BETWEEN = " ";

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
        buckets.debug());
  }

  /** Reads what {@link #encode} has made. */
  public static S3Target decode(String text) {
    List<String> parts = List.of(text.split(BETWEEN, -1));
    if (parts.size() != 7) {
      throw new IllegalArgumentException("Not a target: " + parts.size() + " parts instead of 7");
    }
    return new S3Target(
        URI.create(parts.get(0)),
        parts.get(1),
        parts.get(2),
        parts.get(3),
        new Buckets(parts.get(4), parts.get(5), parts.get(6)));
  }

  @Override
  public String toString() {
    return accessKey + " at " + endpoint + " (" + region + "), " + buckets;
  }
}
