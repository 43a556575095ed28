package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.NativeRetentionState;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageRejectedException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.AuditEvent.Action;
import io.taforge.storage.audit.AuditTrail;
import io.taforge.storage.audit.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Stores and finds log samples, TA bundles and debug bundles, whatever the backend.
 *
 * <p>It uses a store that the caller has opened and will close, adds what is the same for all
 * backends, and is as safe for use by many threads as the store. Everything that {@link
 * ArtifactStore} promises holds here too: all or nothing, verified content, bounded memory, and its
 * {@link StorageException}s.
 */
public final class ObjectStorageClient {
  private final ArtifactStore store;
  private final UploadLimit limit;
  private final Audit audit;
  private final Gate gate;

  /** Accepts up to 500 MB, the {@link UploadLimit#DEFAULT}. */
  public ObjectStorageClient(ArtifactStore store) {
    this(store, UploadLimit.DEFAULT);
  }

  /** Accepts what the limit accepts. */
  public ObjectStorageClient(ArtifactStore store, UploadLimit limit) {
    this(store, limit, Audit.none(), Gate.open());
  }

  private ObjectStorageClient(ArtifactStore store, UploadLimit limit, Audit audit, Gate gate) {
    this.store = store;
    this.limit = limit;
    this.audit = audit;
    this.gate = gate;
  }

  /**
   * A client on the same store that stores only what is admitted, and otherwise fails with {@link
   * StorageRejectedException} before the store has seen a byte; what was there before stays.
   *
   * <p>Content that is not in a file is copied to one first, in the folder for temporary files, and
   * removed from there whatever happens. A file of the caller's is looked at where it is, and must
   * not change while it is being stored.
   *
   * <p>What strangers upload to a server with a {@linkplain #link link} goes past this client, and
   * so past the admission; what they upload through a link server on this client does not.
   */
  public ObjectStorageClient admitting(Admission admission) {
    return admitting(admission, temporaryFiles());
  }

  /** The same, with another folder for copies; it must be there. */
  public ObjectStorageClient admitting(Admission admission, Path spoolFolder) {
    return new ObjectStorageClient(store, limit, audit, new Gate(admission, spoolFolder));
  }

  /**
   * A client on the same store of which each operation is recorded there, on behalf of {@link
   * Caller#ofThisProcess}. What cannot be recorded is not done, and fails with {@link
   * StorageAuditException}. Content counts as downloaded when it is opened, and a listing as told
   * when it begins.
   *
   * @param clock tells when something was done
   */
  public ObjectStorageClient recordedBy(AuditTrail trail, Clock clock) {
    Caller caller = Caller.ofThisProcess();
    return new ObjectStorageClient(
        correlated(caller), limit, new Audit(trail, caller, clock), gate);
  }

  /**
   * A client on the same store, for somebody else: the audit trail tells for whom, and what a
   * server is asked names the caller's correlation id, so that its log has the same one; see {@link
   * CorrelationId}. It is made for a moment, such as a request to a service, and needs no closing.
   */
  public ObjectStorageClient onBehalfOf(Caller caller) {
    return new ObjectStorageClient(correlated(caller), limit, audit.of(caller), gate);
  }

  private ArtifactStore correlated(Caller caller) {
    return store.correlated(CorrelationId.of(caller.correlationId()));
  }

  /**
   * The store that was handed in, for what is not offered here; what is done with it belongs to the
   * same caller.
   */
  public ArtifactStore store() {
    return store;
  }

  /** Stores a log sample, in place of one that the request may already have under this name. */
  public StoredArtifact uploadLogSample(RequestId request, FileName name, ContentSource content) {
    return upload(new LogSample(request, name), content, PutOptions.defaults());
  }

  /** Stores a bundle as a new revision of this version. */
  public StoredArtifact uploadTaBundle(
      RequestId request, BundleVersion version, ContentSource content) {
    return upload(
        new TaBundle(request, version, RevisionId.random()),
        content,
        PutOptions.defaults().on(WriteCondition.ifAbsent()));
  }

  /** Stores a debug bundle, in place of one that the run may already have under this name. */
  public StoredArtifact uploadDebugBundle(
      ValidationRunId run, FileName name, ContentSource content) {
    return upload(new DebugBundle(run, name), content, PutOptions.defaults());
  }

  /**
   * Stores an artifact of any kind; see {@link ArtifactStore#put}.
   *
   * @throws StorageQuotaExceededException if the content is larger than is accepted: before a byte
   *     of it is read if its length is known, else as soon as that shows. Nothing is stored.
   * @throws StorageRejectedException if there is an {@linkplain #admitting admission} that refuses
   *     it. Nothing is stored.
   */
  public StoredArtifact upload(Artifact artifact, ContentSource content, PutOptions options) {
    FailureContext context = FailureContext.of(Operation.PUT, store.buckets(), artifact);
    return audit.of(
        Action.UPLOADED,
        artifact,
        context,
        () ->
            gate.let(
                artifact,
                LimitedSource.of(content, limit, context),
                options,
                context,
                admitted -> store.put(artifact, admitted, options)),
        Audit::stored);
  }

  /**
   * Opens an artifact's content, which the caller closes; see {@link ArtifactStore#get(Artifact)}.
   *
   * @throws StorageNotFoundException if there is no such artifact
   */
  public ArtifactContent download(Artifact artifact) {
    return audit.of(
        Action.DOWNLOADED, artifact, reading(artifact), () -> store.get(artifact), Audit::opened);
  }

  /**
   * Opens a part of an artifact's content; see {@link ArtifactStore#get(Artifact, ByteRange)}.
   *
   * @throws StorageNotFoundException if there is no such artifact
   */
  public ArtifactContent download(Artifact artifact, ByteRange range) {
    return audit.of(
        Action.DOWNLOADED,
        artifact,
        reading(artifact),
        () -> store.get(artifact, range),
        Audit::opened);
  }

  /**
   * Downloads to a file, which appears at once when everything is there and verified.
   *
   * @throws StorageNotFoundException if there is no such artifact
   * @throws IOException if the file cannot be written
   */
  public StoredArtifact downloadTo(Artifact artifact, Path file) throws IOException {
    try (ArtifactContent content = download(artifact)) {
      content.saveTo(file);
      return content.artifact();
    }
  }

  /**
   * Reads a small artifact into memory.
   *
   * @param atMost the most bytes to take
   * @throws StorageNotFoundException if there is no such artifact
   * @throws StorageQuotaExceededException if it has more bytes; none was read
   */
  public byte[] readBytes(Artifact artifact, int atMost) {
    try (ArtifactContent content = download(artifact)) {
      return content.readBytes(atMost);
    }
  }

  /** What is known of an artifact besides its content; empty if there is none. */
  public Optional<StoredArtifact> find(Artifact artifact) {
    return audit.of(
        Action.LOOKED_UP,
        artifact,
        FailureContext.of(Operation.FIND, store.buckets(), artifact),
        () -> store.find(artifact),
        (event, found) -> found.map(each -> Audit.stored(event, each)).orElse(event));
  }

  /** Removes an artifact; says whether there was one. */
  public DeleteOutcome delete(Artifact artifact) {
    return audit.of(
        Action.DELETED,
        artifact,
        FailureContext.of(Operation.DELETE, store.buckets(), artifact),
        () -> store.delete(artifact),
        Audit::nothing);
  }

  /** The samples of a request, in the order of their names; listed while the stream is consumed. */
  public Stream<Stored<LogSample>> samplesOf(RequestId request) {
    return listing(KeyPrefix.samplesOf(request), LogSample.class, request);
  }

  /** The revisions of all bundle versions of a request, newest first. */
  public List<Stored<TaBundle>> revisionsOf(RequestId request) {
    Comparator<Stored<TaBundle>> oldestFirst =
        Comparator.comparing((Stored<TaBundle> each) -> each.storedAt())
            .thenComparing(each -> each.artifact().version())
            .thenComparing(each -> each.artifact().key());
    return listing(KeyPrefix.bundlesOf(request), TaBundle.class, request)
        .sorted(oldestFirst.reversed())
        .toList();
  }

  /** The debug bundles of a run, in the order of their names; listed while it is consumed. */
  public Stream<Stored<DebugBundle>> debugBundlesOf(ValidationRunId run) {
    return listing(KeyPrefix.debugBundlesOf(run), DebugBundle.class, run);
  }

  /** How much is stored, by the system's clock and with nothing that expires. */
  public StorageStats storageStats() {
    return storageStats(RetentionPolicy.keepEverything(), Clock.systemUTC());
  }

  /**
   * How much is stored, in one pass through the listing of each kind, and in memory that does not
   * grow with it; and what is left of writes that did not come to an end. Nothing is asked about a
   * single artifact; so whether an expired sample is held back, which its metadata tells, is not
   * known here.
   *
   * @param retention tells which log samples have expired
   * @param clock tells when it is now
   */
  public StorageStats storageStats(RetentionPolicy retention, Clock clock) {
    return audit.of(
        "statistics_made",
        FailureContext.of(Operation.LIST),
        UnaryOperator.identity(),
        () -> counted(retention, clock.instant()));
  }

  /** How much is stored under keys that begin like this, in one pass through their listing. */
  public StorageStats.Amount amountOf(KeyPrefix prefix) {
    return audit.of(
        "statistics_made",
        FailureContext.of(Operation.LIST, store.buckets(), prefix),
        UnaryOperator.identity(),
        () -> {
          LongSummaryStatistics sizes =
              store.scan(prefix).mapToLong(ArtifactSummary::size).summaryStatistics();
          return new StorageStats.Amount(sizes.getCount(), ByteSize.of(sizes.getSum()));
        });
  }

  /**
   * Reads what is stored again and compares it with the SHA-256 that was kept with it, several
   * artifacts at a time; on any backend, and in memory that does not grow with what is stored.
   * Nothing is changed, and nothing repaired. The report tells what was found; to look whether that
   * is {@linkplain ScrubReport#isDamaged damage} is the caller's part. The audit trail has one
   * event with the number of bytes that were found right.
   *
   * @param clock tells when it begins
   */
  public ScrubReport scrub(Scrub scrub, Clock clock) {
    ArtifactView view = store; // whatever happens in there, it cannot change anything
    return audit.of(
        "storage_scrubbed",
        FailureContext.of(Operation.SCRUB),
        () -> new Scrubber(view, scrub, clock.instant()).run(),
        (event, report) -> event.with(report.verified().size().bytes(), Optional.empty()));
  }

  /** Removes log samples that have been kept long enough: what a plan holds, guarded. */
  public Retention retention(Clock clock) {
    return new Retention(store, audit, clock, temporaryFiles());
  }

  /**
   * Removes the log samples that have outlived their period, with the default {@link
   * CleanupGuards}; see {@link Retention}.
   *
   * @param clock tells when it is now
   * @return what became of it; {@link CleanupReport#deleted} has the number
   * @throws StorageRetentionException if it was stopped by a guard or an incomplete listing, or if
   *     something could not be removed
   */
  public CleanupReport cleanupExpiredSamples(RetentionPolicy policy, Clock clock) {
    Retention retention = retention(clock);
    return retention.complete(retention.cleanUp(Cleanup.of(policy)));
  }

  private StorageStats counted(RetentionPolicy retention, Instant now) {
    Map<ArtifactKind, Tally> tallies = new EnumMap<>(ArtifactKind.class);
    for (ArtifactKind kind : ArtifactKind.values()) {
      Tally tally = new Tally(retention, now);
      store.scan(KeyPrefix.all(kind)).forEach(tally::add);
      tallies.put(kind, tally);
    }
    return Tally.together(now, tallies, DebrisCount.in(store));
  }

  /**
   * Signs a link with which a stranger can read or write one artifact for a while.
   *
   * @throws StorageQuotaExceededException if it is bound to more bytes than are accepted; how much
   *     a stranger sends with a link that binds no length is not limited by this client, nor has it
   *     to be {@linkplain #admitting admitted}
   * @throws StorageUnsupportedException if the store has no {@link LinkSigner}
   */
  public SignedLink link(LinkRequest request) {
    FailureContext context =
        FailureContext.of(Operation.SIGN_LINK, store.buckets(), request.artifact());
    return audit.of(
        Action.LINK_SIGNED,
        request.artifact(),
        context,
        () -> signed(request, context),
        Audit::nothing);
  }

  private SignedLink signed(LinkRequest request, FailureContext context) {
    if (request instanceof LinkRequest.Upload upload && !limit.accepts(upload.length().orElse(0))) {
      throw new StorageQuotaExceededException(context, limit, upload.length().getAsLong());
    }
    return store
        .linkSigner()
        .orElseThrow(
            () -> new StorageUnsupportedException(context, "this store has no signed links"))
        .sign(request);
  }

  /**
   * Looks how the backend's own rules compare with a policy; see {@link NativeRetention#compare}.
   *
   * @throws StorageUnsupportedException if the backend has no such rules
   */
  public NativeRetentionState compareNativeRetention(RetentionPolicy policy) {
    return audit.of(
        "native_retention_compared",
        FailureContext.of(Operation.READ_RULES),
        UnaryOperator.identity(),
        () -> nativeRetention(Operation.READ_RULES).compare(policy));
  }

  /**
   * Puts the backend's own rule about log samples in place; see {@link NativeRetention#apply}.
   *
   * @return what was there before
   * @throws StorageUnsupportedException if the backend has no such rules
   */
  public NativeRetentionState applyNativeRetention(RetentionPolicy policy) {
    return audit.of(
        "native_retention_applied",
        FailureContext.of(Operation.CHANGE_RULES),
        UnaryOperator.identity(),
        () -> nativeRetention(Operation.CHANGE_RULES).apply(policy));
  }

  private NativeRetention nativeRetention(Operation operation) {
    return store
        .nativeRetention()
        .orElseThrow(
            () ->
                new StorageUnsupportedException(
                    FailureContext.of(operation, store.buckets(), ArtifactKind.LOG_SAMPLE),
                    "this backend has no lifecycle rules"));
  }

  /** Creates the buckets that are missing; see {@link ArtifactStore#createBuckets}. */
  public List<BucketCheck> initializeBuckets() {
    return audit.of(
        "buckets_initialized",
        FailureContext.of(Operation.CREATE_BUCKET),
        UnaryOperator.identity(),
        store::createBuckets);
  }

  /** Looks whether the buckets can be used; see {@link ArtifactStore#verifyBuckets}. */
  public List<BucketCheck> verifyBuckets() {
    return audit.of(
        "buckets_verified",
        FailureContext.of(Operation.VERIFY_BUCKET),
        UnaryOperator.identity(),
        store::verifyBuckets);
  }

  /**
   * What recreating the bucket of a kind would destroy; see {@link ArtifactStore#lossOf}. The audit
   * trail tells how many bytes.
   */
  public BucketLoss lossOf(ArtifactKind kind) {
    return audit.of(
        AuditEvent.name(kind) + "_bucket_loss_told",
        FailureContext.of(Operation.RECREATE_BUCKET, store.buckets(), kind),
        () -> store.lossOf(kind),
        (event, loss) -> event.with(loss.size().bytes(), Optional.empty()));
  }

  /**
   * Destroys the bucket of a kind with everything in it, and makes it anew; see {@link
   * ArtifactStore#recreateBucket}.
   *
   * @param confirmation the bucket's name, or empty if nothing would be lost
   */
  public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    return audit.of(
        AuditEvent.name(kind) + "_bucket_recreated",
        FailureContext.of(Operation.RECREATE_BUCKET, store.buckets(), kind),
        () -> store.recreateBucket(kind, confirmation),
        Audit::nothing);
  }

  private static Path temporaryFiles() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private FailureContext reading(Artifact artifact) {
    return FailureContext.of(Operation.GET, store.buckets(), artifact);
  }

  private <A extends Artifact> Stream<Stored<A>> listing(
      KeyPrefix folder, Class<A> kind, Object request) {
    return audit
        .of(
            AuditEvent.name(folder.kind()) + "s_listed",
            FailureContext.of(Operation.LIST, store.buckets(), folder),
            event -> event.about(request.toString()),
            () -> store.scanDetailed(folder))
        .map(found -> new Stored<>(kind.cast(found.artifact()), found));
  }
}
