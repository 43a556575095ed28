package io.taforge.testbed;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.Backdoor;
import io.taforge.storage.contract.Faults;
import io.taforge.storage.contract.OtherProcess;
import io.taforge.storage.contract.PublicStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gives the contract kit three fresh buckets for each case, on a real server. */
public final class S3Harness implements ArtifactStoreHarness {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final S3TestServer server;
  private final Function<S3Target, ArtifactStore> adapter;
  private final Set<Capability> capabilities;
  private final Class<? extends Function<String, ArtifactStore>> opener;
  private final Duration patience;
  private final Buckets buckets = newBuckets();
  private final Buckets missing = newBuckets();
  private final FaultProxy proxy;
  private final FaultProxy forbidding;
  private final ClosedPort closedPort = new ClosedPort();

  /**
   * For an adapter that gives up on a server that does not answer within thirty seconds.
   *
   * @param server where the buckets will be
   * @param adapter opens a store of the adapter; it should not wait for an answer for longer than
   *     ten seconds
   * @param capabilities what the adapter claims on this server
   * @param opener opens a store from {@link S3Target#decode} in another process
   */
  public S3Harness(
      S3TestServer server,
      Function<S3Target, ArtifactStore> adapter,
      Set<Capability> capabilities,
      Class<? extends Function<String, ArtifactStore>> opener) {
    this(server, adapter, capabilities, opener, PATIENCE);
  }

  /**
   * For an adapter with another patience.
   *
   * @param patience after what time, with all its attempts, the adapter gives up on a server that
   *     does not answer
   */
  public S3Harness(
      S3TestServer server,
      Function<S3Target, ArtifactStore> adapter,
      Set<Capability> capabilities,
      Class<? extends Function<String, ArtifactStore>> opener,
      Duration patience) {
    this.server = server;
    this.adapter = adapter;
    this.capabilities = Set.copyOf(capabilities);
    this.opener = opener;
    this.patience = patience;
    this.proxy = FaultProxy.to(server.endpoint());
    this.forbidding = FaultProxy.to(server.endpoint());
    forbidding.injectAlways(Fault.refusal(403, "AccessDenied"));
  }

  /** Where {@link #open} opens stores: the proxy, with the owner's credentials. */
  public S3Target target() {
    return target(proxy.endpoint(), server.owner(), buckets);
  }

  /** The way from the stores of {@link #open} to the server. */
  public FaultProxy proxy() {
    return proxy;
  }

  @Override
  public ArtifactStore open() {
    ArtifactStore store = adapter.apply(target());
    store.createBuckets();
    return store;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public Optional<ArtifactStore> openMissingBucket() {
    return Optional.of(adapter.apply(target(proxy.endpoint(), server.owner(), missing)));
  }

  @Override
  public Optional<ArtifactStore> openBadCredentials() {
    AccessKey wrong = server.owner().withWrongSecret();
    return Optional.of(adapter.apply(target(proxy.endpoint(), wrong, buckets)));
  }

  /** The server's other user; where it has but one, the way to it refuses everything. */
  @Override
  public Optional<ArtifactStore> openForbidden() {
    S3Target target =
        server
            .stranger()
            .map(stranger -> target(proxy.endpoint(), stranger, buckets))
            .orElseGet(() -> target(forbidding.endpoint(), server.owner(), buckets));
    return Optional.of(adapter.apply(target));
  }

  @Override
  public Optional<ArtifactStore> openUnreachable() {
    return Optional.of(adapter.apply(target(closedPort.endpoint(), server.owner(), buckets)));
  }

  /** The store is behind the proxy, and the public before it, at the server itself. */
  @Override
  public Optional<PublicStore> openBehindPublicEndpoint() {
    ArtifactStore store = adapter.apply(target().withLinkEndpoint(server.endpoint()));
    return Optional.of(new PublicStore(store, server.endpoint()));
  }

  @Override
  public Optional<URI> anonymousAddress(ArtifactKind kind) {
    return Optional.of(URI.create(server.endpoint() + "/" + buckets.of(kind) + "/"));
  }

  @Override
  public Optional<Backdoor> backdoor() {
    return Optional.of(new S3Backdoor(server, buckets, proxy));
  }

  @Override
  public Optional<Faults> faults() {
    return Optional.of(new NetworkFaults(proxy, patience));
  }

  /** The other process goes straight to the server. */
  @Override
  public Optional<OtherProcess> otherProcess() {
    S3Target direct = target(server.endpoint(), server.owner(), buckets);
    return Optional.of(new OtherProcess(opener, direct.encode()));
  }

  @Override
  public void cleanup() {
    proxy.close();
    forbidding.close();
    closedPort.close();
    BucketCleaner cleaner = new BucketCleaner(server);
    Stream.of(buckets, missing)
        .flatMap(each -> Stream.of(ArtifactKind.values()).map(each::of))
        .forEach(cleaner::remove);
  }

  private S3Target target(URI endpoint, AccessKey key, Buckets names) {
    return new S3Target(endpoint, server.region(), key.id(), key.secret(), names);
  }

  private static Buckets newBuckets() {
    String id = UUID.randomUUID().toString();
    return new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  }
}
