package io.taforge.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A RADOS Gateway of Ceph that runs already; {@code .ci/ceph-up.sh} starts one and prints the
 * system properties that say where. Without them a test that asks for it does not run, or fails if
 * {@code -Dcontract.required=true}.
 */
public final class CephServer implements S3TestServer {
  private static final String ENDPOINT = "ceph.endpoint";
  private static final String REGION = "us-east-1";

  /** Looked up when it is asked for first. */
  private static final class Shared {
    static final CephServer SERVER = new CephServer();
  }

  private final URI endpoint = URI.create(property(ENDPOINT));
  private final AccessKey owner =
      new AccessKey(property("ceph.access-key"), property("ceph.secret-key"));
  private final AccessKey stranger =
      new AccessKey(property("ceph.stranger-access-key"), property("ceph.stranger-secret-key"));
  private final S3Client client = OwnerClient.to(endpoint, REGION, owner);

  private CephServer() {}

  /** The one server that this run was told of; the test is not run if there is none. */
  public static CephServer running() {
    if (System.getProperty(ENDPOINT) == null) {
      String reason = "Ceph is not running here: start it with .ci/ceph-up.sh";
      if (Boolean.getBoolean("contract.required")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    return Shared.SERVER;
  }

  @Override
  public String name() {
    return "Ceph";
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  /** The same server over TLS. */
  public URI httpsEndpoint() {
    return URI.create(property("ceph.https-endpoint"));
  }

  /** Its certificate, which it has signed itself. */
  public Path certificate() {
    return Path.of(property("ceph.certificate"));
  }

  /** Where it logs the requests that it has answered. */
  public Path log() {
    return Path.of(property("ceph.log"));
  }

  /** How long a day is in its lifecycle rules. */
  public Duration day() {
    return Duration.ofSeconds(Long.parseLong(property("ceph.day-seconds")));
  }

  @Override
  public String region() {
    return REGION;
  }

  @Override
  public AccessKey owner() {
    return owner;
  }

  @Override
  public Optional<AccessKey> stranger() {
    return Optional.of(stranger);
  }

  @Override
  public boolean hasTags() {
    return true;
  }

  @Override
  public boolean hasPolicies() {
    return true;
  }

  @Override
  public S3Client client() {
    return client;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("The system property " + name + " is missing");
    }
    return value;
  }
}
