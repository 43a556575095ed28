package io.taforge.benchmark;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Ceph that somebody has started, with {@code .ci/ceph-up.sh}.
 *
 * @param endpoint over HTTP
 * @param secure over HTTPS; empty if it does not speak that
 * @param certificate what it has signed itself; empty if it does not speak HTTPS
 * @param accessKey who asks
 * @param secretKey the other half
 * @param processes their numbers, to have them rest; empty if they are somewhere else
 */
record CephSite(
    URI endpoint,
    Optional<URI> secure,
    Optional<Path> certificate,
    String accessKey,
    String secretKey,
    List<String> processes) {
  private static final Duration AWAKE_WITHIN = Duration.ofMinutes(2);

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
                    property("ceph.secret-key").orElse(""),
                    property("ceph.processes")
                        .map(all -> List.of(all.split(",")))
                        .orElse(List.of())));
  }

  /** Has it take no time of the processors until it is woken, as far as it is on this machine. */
  void rest() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Wakes it, and waits until it answers. */
  void wake() throws IOException, InterruptedException {
    signal("CONT");
    long end = System.nanoTime() + AWAKE_WITHIN.toNanos();
    while (!isAwake()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("Ceph does not wake up");
      }
      Thread.sleep(500);
    }
  }

  private boolean isAwake() {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(processes);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("Ceph's processes " + processes + " are not there");
    }
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
