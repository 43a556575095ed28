package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.Buckets;
import io.taforge.storage.ByteRange;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.Leftover;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.ListQuery;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Any store, some of whose calls go wrong: for the tests of applications, which find out here what
 * they do about failures. What goes wrong is said beforehand, call by call, or drawn by lot; the
 * same script or seed does the same to the same calls.
 *
 * <p>It stands before the store as its caller sees it, so a call that fails here has failed for
 * good, behind all retries. What goes wrong behind a store, and is tried again there, is the
 * business of {@link io.taforge.storage.memory.InMemoryFaults}.
 *
 * <p>All that a store may do besides failing is kept: a failure has the context of its call,
 * content that was changed is found out by whoever reads the whole of it, {@link #deleteMany} has
 * its failures in its report. Calls are counted for each {@link Operation}, and those that only
 * hand something out, {@link #verifyBuckets}, whose findings are no failures, and {@link #close}
 * are left alone. {@link #scan} asks for a page at a time, each of which is a call.
 *
 * <p>Safe for use by many threads.
 */
public final class FaultyArtifactStore implements ArtifactStore {
  private final ArtifactStore inner;
  private final FaultyCalls calls;

  private FaultyArtifactStore(ArtifactStore inner, FaultyCalls calls) {
    this.inner = inner;
    this.calls = calls;
  }

  /** Over this store, which is closed with it; nothing goes wrong until that is said. */
  public static FaultyArtifactStore over(ArtifactStore store) {
    return new FaultyArtifactStore(store, new FaultyCalls(new FaultPlan(FaultPlan.NOTHING)));
  }

  /**
   * Over this store, which is closed with it; a share of all calls goes wrong as on a bad network:
   * there is no connection, an answer is lost or late, content is cut or has a flipped bit, an
   * upload or a download is refused.
   *
   * @param seed draws the same for the Nth call of an operation, whenever that comes
   * @param rate how many of all calls, 0 to 1; 0.01 is one in a hundred
   */
  public static FaultyArtifactStore atRate(ArtifactStore store, long seed, double rate) {
    return new FaultyArtifactStore(
        store, new FaultyCalls(new FaultPlan(new FaultLottery(seed, rate))));
  }

  /**
   * This is to befall one call of an operation.
   *
   * @param call which one since this store was made, counted from 1
   */
  public FaultyArtifactStore atCall(Operation operation, long call, StoreFault fault) {
    calls.plan().atCall(operation, call, fault);
    return this;
  }

  /** This is to befall the next call of an operation; said twice, the one after it, too. */
  public FaultyArtifactStore next(Operation operation, StoreFault fault) {
    calls.plan().next(operation, fault);
    return this;
  }

  /** This is to befall all calls of an operation that nothing else was said of. */
  public FaultyArtifactStore always(Operation operation, StoreFault fault) {
    calls.plan().always(operation, fault);
    return this;
  }

  /** Nothing goes wrong any more, by script or by lot; calls are counted on. */
  public void heal() {
    calls.plan().heal();
  }

  /** What has befallen calls, in their order; the last 10,000 if there were more. */
  public List<Injection> injections() {
    return calls.plan().injections();
  }

  /** How much has befallen calls so far. */
  public long injectionCount() {
    return calls.plan().count();
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Buckets buckets() {
    return inner.buckets();
  }

  @Override
  public ArtifactStore correlated(CorrelationId id) {
    return new FaultyArtifactStore(inner.correlated(id), calls);
  }

  @Override
  public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    return calls.make(context(Operation.PUT, artifact), () -> inner.put(artifact, source, options));
  }

  @Override
  public ArtifactContent get(Artifact artifact) {
    return calls.open(context(Operation.GET, artifact), true, () -> inner.get(artifact));
  }

  @Override
  public ArtifactContent get(Artifact artifact, ByteRange range) {
    return calls.open(context(Operation.GET, artifact), false, () -> inner.get(artifact, range));
  }

  @Override
  public Optional<StoredArtifact> find(Artifact artifact) {
    return calls.make(context(Operation.FIND, artifact), () -> inner.find(artifact));
  }

  @Override
  public Page<ArtifactSummary> list(ListQuery query) {
    return calls.make(context(query), () -> inner.list(query));
  }

  @Override
  public Page<StoredArtifact> listDetailed(ListQuery query) {
    return calls.make(context(query), () -> inner.listDetailed(query));
  }

  @Override
  public Page<KeyPrefix> listFolders(ListQuery query) {
    return calls.make(context(query), () -> inner.listFolders(query));
  }

  @Override
  public Tags tags(Artifact artifact) {
    return calls.make(context(Operation.READ_TAGS, artifact), () -> inner.tags(artifact));
  }

  @Override
  public Optional<Instant> backendTime() {
    return calls.make(context(Operation.FIND, ArtifactKind.LOG_SAMPLE), inner::backendTime);
  }

  @Override
  public Stream<Leftover> leftovers(ArtifactKind kind) {
    return calls.make(context(Operation.LIST, kind), () -> inner.leftovers(kind));
  }

  @Override
  public Stream<Leftover> leftovers(ArtifactKind kind, Set<Leftover.Type> types) {
    return calls.make(context(Operation.LIST, kind), () -> inner.leftovers(kind, types));
  }

  @Override
  public DeleteOutcome delete(Artifact artifact) {
    return calls.make(context(Operation.DELETE, artifact), () -> inner.delete(artifact));
  }

  @Override
  public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
    return calls.make(
        context(Operation.DELETE, artifact), () -> inner.deleteUnchanged(artifact, version));
  }

  @Override
  public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
    return calls.deleteMany(artifacts, () -> inner.deleteMany(artifacts));
  }

  @Override
  public DeleteOutcome deleteLeftover(Leftover leftover) {
    return calls.make(
        context(Operation.DELETE, leftover.kind()), () -> inner.deleteLeftover(leftover));
  }

  @Override
  public Lease acquireLease(String holder, Duration period) {
    FailureContext context = context(Operation.LEASE, ArtifactKind.LOG_SAMPLE);
    Lease lease = calls.make(context, () -> inner.acquireLease(holder, period));
    return new FaultyLease(lease, calls, context);
  }

  @Override
  public StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    return calls.make(
        context(Operation.REPLACE_METADATA, artifact),
        () -> inner.replaceMetadata(artifact, metadata, version));
  }

  @Override
  public Optional<LinkSigner> linkSigner() {
    return inner
        .linkSigner()
        .map(
            signer ->
                request ->
                    calls.make(
                        context(Operation.SIGN_LINK, request.artifact()),
                        () -> signer.sign(request)));
  }

  @Override
  public Optional<NativeRetention> nativeRetention() {
    return inner.nativeRetention().map(rules -> new FaultyRules(rules, calls, buckets()));
  }

  @Override
  public List<BucketCheck> createBuckets() {
    return calls.make(FailureContext.of(Operation.CREATE_BUCKET), inner::createBuckets);
  }

  @Override
  public List<BucketCheck> verifyBuckets() {
    return inner.verifyBuckets();
  }

  @Override
  public BucketLoss lossOf(ArtifactKind kind) {
    return calls.make(context(Operation.RECREATE_BUCKET, kind), () -> inner.lossOf(kind));
  }

  @Override
  public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    return calls.make(
        context(Operation.RECREATE_BUCKET, kind), () -> inner.recreateBucket(kind, confirmation));
  }

  @Override
  public void close() {
    inner.close();
  }

  private FailureContext context(Operation operation, Artifact artifact) {
    return FailureContext.of(operation, buckets(), artifact);
  }

  private FailureContext context(Operation operation, ArtifactKind kind) {
    return FailureContext.of(operation, buckets(), kind);
  }

  private FailureContext context(ListQuery query) {
    return FailureContext.of(Operation.LIST, buckets(), query.prefix());
  }
}
