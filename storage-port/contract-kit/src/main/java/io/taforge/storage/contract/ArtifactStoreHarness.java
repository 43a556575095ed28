package io.taforge.storage.contract;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an adapter's author gives the kit: an empty space of artifacts, and ways to open it. The kit
 * asks for a new one for each case and cleans it up afterwards.
 *
 * <p>Only {@link #open}, {@link #capabilities} and {@link #cleanup} must be there. Each of the
 * others lets more cases run; the report tells which did not run for want of one.
 */
public interface ArtifactStoreHarness {
  /** Opens one more handle to the space, with its buckets created. The kit closes it. */
  ArtifactStore open();

  /** What the author claims of the store; the kit holds the store to it, in both directions. */
  Set<Capability> capabilities();

  /** Removes the space and whatever else this harness made. */
  void cleanup();

  /** Opens a store whose buckets do not exist. The kit closes it. */
  default Optional<ArtifactStore> openMissingBucket() {
    return Optional.empty();
  }

  /** Opens a store on the same space with wrong credentials, where there are any. */
  default Optional<ArtifactStore> openBadCredentials() {
    return Optional.empty();
  }

  /** Opens a store whose credentials are right but do not suffice for reading or writing. */
  default Optional<ArtifactStore> openForbidden() {
    return Optional.empty();
  }

  /** Opens a store whose backend cannot be reached. */
  default Optional<ArtifactStore> openUnreachable() {
    return Optional.empty();
  }

  /** The clock that the store stamps its artifacts with, give or take two seconds. */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /** A way to the stored bytes that does not lead through the store. */
  default Optional<Backdoor> backdoor() {
    return Optional.empty();
  }

  /** Trouble on the way to the backend, on demand. */
  default Optional<Faults> faults() {
    return Optional.empty();
  }

  /** How another process opens the same space. */
  default Optional<OtherProcess> otherProcess() {
    return Optional.empty();
  }

  /**
   * Who uses links: any HTTP client, which knows nothing of the store. This one connects within ten
   * seconds, speaks HTTP/1.1 and follows no redirects. Others may need to trust a certificate, say.
   */
  default HttpClient strangerHttpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  /**
   * Opens a store on the same space whose links lead to another address than the one that it works
   * on itself, as behind a reverse proxy. The kit closes it.
   */
  default Optional<PublicStore> openBehindPublicEndpoint() {
    return Optional.empty();
  }

  /**
   * Where anybody with an HTTP client would look for a bucket, if there is such a place: an address
   * that ends with a slash, behind which are the keys, and at which a listing would be.
   */
  default Optional<URI> anonymousAddress(ArtifactKind kind) {
    return Optional.empty();
  }

  /** Whether content takes memory of the process in full, as nothing but a test double should. */
  default boolean keepsContentInMemory() {
    return false;
  }
}
