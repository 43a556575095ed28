package io.taforge.benchmark;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Ceph that somebody has started, with {@code .ci/ceph-up.sh}.
 *
 * @param endpoint over HTTP
 * @param secure over HTTPS; empty if it does not speak that
 * @param certificate what it has signed itself; empty if it does not speak HTTPS
 * @param accessKey who asks
 * @param secretKey the other half
 */
record CephSite(
    URI endpoint,
    Optional<URI> secure,
    Optional<Path> certificate,
    String accessKey,
    String secretKey) {
  /** The one that the system's properties tell of; empty if there is none. */
  static Optional<CephSite> ofProperties() {
    return property("ceph.endpoint")
        .map(
            endpoint ->
                new CephSite(
                    URI.create(endpoint),
                    property("ceph.https-endpoint").map(URI::create),
                    property("ceph.certificate").map(Path::of),
                    property("ceph.access-key").orElse(""),
                    property("ceph.secret-key").orElse("")));
  }

  boolean has(Place place) {
    return place == Place.CEPH || (place == Place.CEPH_TLS && secure.isPresent());
  }

  URI at(Place place) {
    return place == Place.CEPH_TLS ? secure.orElseThrow() : endpoint;
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
