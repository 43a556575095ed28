package io.taforge.storage.remote;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.InvalidMetadataException;
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
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.Leftover;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.ListQuery;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.Pages;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.ObjectFacts;
import io.taforge.storage.remote.ObjectServer.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps artifacts on a server that speaks the protocol of Amazon S3, and keeps the port's promises
 * there, whatever the SDK: an adapter brings an {@link ObjectServer} and is done.
 *
 * <p>A server of which {@link ServerFeatures} do not tell is asked when {@link #capabilities} are
 * first wanted; that may fail like any other request. In any case the store signs links and has
 * leases.
 */
public abstract class RemoteArtifactStore implements ArtifactStore {
  private static final int BATCH = 1000;

  /** Pages of a listing, each of which takes half a megabyte. */
  private static final int MOST_AHEAD = 16;

  private final ObjectServer server;
  private final Buckets buckets;
  private final TransferSettings settings;
  private final ServerFeatures features;
  private final SideBySide threads;
  private final Uploads uploads;
  private final RemoteBuckets keeper;
  private final RemoteLeftovers leftovers;
  private final RemoteRetention retention;
  private final AtomicReference<@Nullable Set<Capability>> known;
  private final AtomicReference<@Nullable Boolean> hasRules;
  private final AtomicBoolean isClosed;
  private final LastOneOut lastOneOut;
  private final Semaphore turns;

  /**
   * On a server, which is closed with this.
   *
   * @param connection how it is reached; those without credentials are tried out on the same way
   */
  protected RemoteArtifactStore(
      ObjectServer server,
      ServerConnection connection,
      Buckets buckets,
      TransferSettings settings,
      ServerFeatures features) {
    this.server = server;
    this.buckets = buckets;
    this.settings = settings;
    this.features = features;
    this.threads = new SideBySide(settings.partsAtOnce(), "transfer");
    this.uploads = new Uploads(server, settings, features, threads);
    this.keeper =
        new RemoteBuckets(
            server,
            connection,
            buckets,
            settings,
            features.capabilities().orElse(Set.of()),
            Clock.systemUTC());
    this.leftovers = new RemoteLeftovers(server, buckets, settings);
    this.retention = new RemoteRetention(server, settings, buckets);
    this.known = new AtomicReference<>();
    this.hasRules = new AtomicReference<>();
    this.isClosed = new AtomicBoolean();
    this.lastOneOut = new LastOneOut(server::close);
    this.turns = RangedDownload.turns(connection, settings);
  }

  /** The same store, which asks its server like this. */
  private RemoteArtifactStore(RemoteArtifactStore whole, ObjectServer server) {
    this.server = server;
    this.buckets = whole.buckets;
    this.settings = whole.settings;
    this.features = whole.features;
    this.threads = whole.threads;
    this.uploads = whole.uploads.through(server);
    this.keeper = whole.keeper.through(server);
    this.leftovers = new RemoteLeftovers(server, buckets, settings);
    this.retention = new RemoteRetention(server, settings, buckets);
    this.known = whole.known;
    this.hasRules = whole.hasRules;
    this.isClosed = whole.isClosed;
    this.lastOneOut = whole.lastOneOut;
    this.turns = whole.turns;
  }

  /** A store as somebody's requests see it. */
  private static final class View extends RemoteArtifactStore {
    View(RemoteArtifactStore whole, ObjectServer server) {
      super(whole, server);
    }
  }

  @Override
  public final ArtifactStore correlated(CorrelationId id) {
    return new View(this, server.correlated(id));
  }

  @Override
  public final Set<Capability> capabilities() {
    Set<Capability> all = known.get();
    if (all == null) {
      Set<Capability> some = new HashSet<>(features.capabilities().orElseGet(this::probed));
      some.add(Capability.SIGNED_LINKS);
      some.add(Capability.LEASES); // all it takes is what every put under a condition takes
      all = Set.copyOf(some);
      known.set(all);
    }
    return all;
  }

  private Set<Capability> probed() {
    FailureContext context = FailureContext.of(Operation.OPEN, buckets, ArtifactKind.LOG_SAMPLE);
    requireOpen(context);
    Set<Capability> found =
        new ServerProbe(server, settings, context)
            .capabilities(buckets.of(ArtifactKind.LOG_SAMPLE));
    if (hasRules()) {
      found.add(Capability.NATIVE_RETENTION);
    }
    return found;
  }

  /** Found out without writing anything, so that whoever may not write can ask, too. */
  private boolean hasRules() {
    Boolean answer = hasRules.get();
    if (answer == null) {
      answer =
          features
              .capabilities()
              .map(some -> some.contains(Capability.NATIVE_RETENTION))
              .orElseGet(retention::isSupported);
      hasRules.set(answer);
    }
    return answer;
  }

  @Override
  public final Buckets buckets() {
    return buckets;
  }

  @Override
  public final StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    FailureContext context = begin(Operation.PUT, artifact);
    if (!options.tags().isEmpty()) {
      require(Capability.TAGS, context);
    }
    return uploads.put(artifact, name(artifact), source, options, context);
  }

  @Override
  public final ArtifactContent get(Artifact artifact) {
    FailureContext context = begin(Operation.GET, artifact);
    ObjectBody body = open(artifact, Optional.empty(), context);
    if (body.facts().metadata().hasLostItsChecksum()) {
      close(body);
      throw new StorageIntegrityException(
          context, "taforge has stored it, and the SHA-256 that was kept with it is damaged");
    }
    ResumingStream bytes = resuming(artifact, body, context);
    ArtifactContent content =
        ArtifactContent.whole(
            facts(artifact, body.facts()),
            lastOneOut.reading(bytes),
            context,
            RemoteArtifactStore::broken);
    return RangedDownload.isFor(body.facts().size())
        ? content.by(
            new RangedDownload(
                bytes, opener(artifact, body, context), settings, threads, turns, context))
        : content;
  }

  @Override
  public final ArtifactContent get(Artifact artifact, ByteRange range) {
    FailureContext context = begin(Operation.GET, artifact);
    if (range instanceof ByteRange.Slice slice && slice.length() == 0) {
      return nothing(artifact, slice, context);
    }
    ObjectBody body = open(artifact, Optional.of(range), context);
    ByteRange.Slice slice = within(range, body.facts().size(), context);
    if (!slice.equals(body.slice())) {
      close(body);
      throw new StorageDownloadException(
          context, "the server has sent " + body.slice() + " instead of " + slice);
    }
    return ArtifactContent.part(
        facts(artifact, body.facts()),
        slice,
        lastOneOut.reading(resuming(artifact, body, context)),
        context,
        RemoteArtifactStore::broken);
  }

  @Override
  public final Optional<StoredArtifact> find(Artifact artifact) {
    FailureContext context = begin(Operation.FIND, artifact);
    return head(artifact, context).map(found -> facts(artifact, found));
  }

  @Override
  public final Page<ArtifactSummary> list(ListQuery query) {
    FailureContext context = begin(query.prefix());
    Listing listing = page(query, false, context);
    return page(query, listing, summaries(query, listing));
  }

  /** Of a listing that turns out to be long, several pages are under way at a time. */
  @Override
  public final Stream<ArtifactSummary> scan(KeyPrefix prefix) {
    int ahead = settings.partsAtOnce() == 1 ? 0 : Math.min(MOST_AHEAD, 2 * settings.partsAtOnce());
    FailureContext context = FailureContext.of(Operation.LIST, buckets, prefix);
    return Pages.stream(
        new ReadAhead(prefix, this::list, threads, ahead, () -> requireOpen(context), context));
  }

  @Override
  public final Page<StoredArtifact> listDetailed(ListQuery query) {
    FailureContext context = begin(query.prefix());
    Listing listing = page(query, false, context);
    List<Optional<StoredArtifact>> details =
        threads.each(
            summaries(query, listing),
            (ArtifactSummary each) ->
                server
                    .head(name(each.artifact()), settings.call(context))
                    .map(found -> facts(each.artifact(), found)),
            context);
    return page(query, listing, details.stream().flatMap(Optional::stream).toList());
  }

  @Override
  public final Page<KeyPrefix> listFolders(ListQuery query) {
    if (!query.prefix().isFolder()) {
      throw new IllegalArgumentException(
          "'" + query.prefix() + "' is not a folder: it must end with /");
    }
    FailureContext context = begin(query.prefix());
    Listing listing = page(query, true, context);
    return page(
        query,
        listing,
        listing.folders().stream()
            .filter(folder -> !folder.equals(query.after()))
            .flatMap(folder -> folder(folder).stream())
            .filter(folder -> holdsArtifact(folder, context))
            .toList());
  }

  @Override
  public final DeleteOutcome delete(Artifact artifact) {
    FailureContext context = begin(Operation.DELETE, artifact);
    if (head(artifact, context).isEmpty()) {
      return DeleteOutcome.ABSENT;
    }
    server.delete(name(artifact), Optional.empty(), settings.call(context));
    return DeleteOutcome.DELETED;
  }

  @Override
  public final DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
    FailureContext context = begin(Operation.DELETE, artifact);
    require(Capability.CONDITIONAL_DELETE, context);
    Optional<ObjectFacts> found = head(artifact, context);
    if (found.isEmpty()) {
      return DeleteOutcome.ABSENT;
    }
    if (!found.get().version().equals(version)) {
      throw StorageConflictException.changed(context);
    }
    server.delete(name(artifact), Optional.of(version), settings.call(context));
    return DeleteOutcome.DELETED;
  }

  @Override
  public final DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
    FailureContext context = FailureContext.of(Operation.DELETE);
    requireOpen(context);
    Map<ArtifactKind, List<Artifact>> kinds =
        new LinkedHashSet<Artifact>(artifacts)
            .stream().collect(Collectors.groupingBy(Artifact::kind));
    List<DeleteReport> reports =
        threads.each(
            kinds.values().stream().flatMap(each -> batches(each).stream()).toList(),
            this::deleteBatch,
            context);
    return new DeleteReport(
        reports.stream().flatMap(each -> each.removed().stream()).toList(),
        reports.stream().flatMap(each -> each.failures().stream()).toList());
  }

  /** Not possible here: S3 changes metadata only by copying an object onto itself, unprotected. */
  @Override
  public final StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    FailureContext context = begin(Operation.REPLACE_METADATA, artifact);
    throw new StorageUnsupportedException(
        context, "this server cannot replace metadata without a chance of losing a write");
  }

  @Override
  public final Tags tags(Artifact artifact) {
    FailureContext context = begin(Operation.READ_TAGS, artifact);
    require(Capability.TAGS, context);
    return server
        .tags(name(artifact), settings.call(context))
        .orElseThrow(() -> missing(artifact, context));
  }

  @Override
  public final Optional<LinkSigner> linkSigner() {
    return Optional.of(this::sign);
  }

  @Override
  public final Optional<NativeRetention> nativeRetention() {
    requireOpen(FailureContext.of(Operation.READ_RULES, buckets, ArtifactKind.LOG_SAMPLE));
    return hasRules() ? Optional.of(retention) : Optional.empty();
  }

  @Override
  public final Optional<Instant> backendTime() {
    FailureContext context = FailureContext.of(Operation.FIND, buckets, ArtifactKind.LOG_SAMPLE);
    requireOpen(context);
    return Optional.of(server.time(buckets.of(ArtifactKind.LOG_SAMPLE), settings.call(context)));
  }

  @Override
  public final Stream<Leftover> leftovers(ArtifactKind kind) {
    requireOpen(FailureContext.of(Operation.LIST, buckets, kind));
    return leftovers.in(kind);
  }

  @Override
  public final DeleteOutcome deleteLeftover(Leftover leftover) {
    requireOpen(FailureContext.of(Operation.DELETE, buckets, leftover.kind()));
    return leftovers.remove(leftover);
  }

  @Override
  public final Lease acquireLease(String holder, Duration period) {
    FailureContext context = FailureContext.of(Operation.LEASE, buckets, ArtifactKind.LOG_SAMPLE);
    LeaseTerms terms = new LeaseTerms(holder, period);
    requireOpen(context);
    String bucket = buckets.of(ArtifactKind.LOG_SAMPLE);
    return new RemoteLease(server, uploads, settings, bucket, context).acquire(terms);
  }

  private SignedLink sign(LinkRequest request) {
    FailureContext context = begin(Operation.SIGN_LINK, request.artifact());
    return server.sign(name(request.artifact()), LinkTerms.of(request), settings.call(context));
  }

  @Override
  public final List<BucketCheck> createBuckets() {
    requireOpen(FailureContext.of(Operation.CREATE_BUCKET));
    return Arrays.stream(ArtifactKind.values()).flatMap(k -> keeper.create(k).stream()).toList();
  }

  @Override
  public final List<BucketCheck> verifyBuckets() {
    requireOpen(FailureContext.of(Operation.VERIFY_BUCKET));
    return Arrays.stream(ArtifactKind.values()).flatMap(k -> keeper.verify(k).stream()).toList();
  }

  @Override
  public final BucketLoss lossOf(ArtifactKind kind) {
    requireOpen(FailureContext.of(Operation.RECREATE_BUCKET, buckets, kind));
    return keeper.loss(kind);
  }

  @Override
  public final List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    requireOpen(FailureContext.of(Operation.RECREATE_BUCKET, buckets, kind));
    return keeper.recreate(kind, confirmation);
  }

  @Override
  public final void close() {
    if (isClosed.compareAndSet(false, true)) {
      threads.close();
      lastOneOut.leave();
    }
  }

  private ObjectBody open(Artifact artifact, Optional<ByteRange> range, FailureContext context) {
    return server
        .get(name(artifact), range, Optional.empty(), settings.call(context))
        .orElseThrow(() -> missing(artifact, context));
  }

  private ResumingStream resuming(Artifact artifact, ObjectBody body, FailureContext context) {
    return new ResumingStream(
        body.bytes(), body.slice(), opener(artifact, body, context), settings, context);
  }

  private ResumingStream.Opener opener(Artifact artifact, ObjectBody body, FailureContext context) {
    VersionToken version = body.facts().version();
    return range -> reopen(artifact, range, version, context);
  }

  private InputStream reopen(
      Artifact artifact, ByteRange.Slice rest, VersionToken version, FailureContext context) {
    try {
      ObjectBody body =
          server
              .get(name(artifact), Optional.of(rest), Optional.of(version), settings.call(context))
              .orElseThrow(() -> missing(artifact, context));
      if (!body.slice().equals(rest)) {
        close(body);
        throw new StorageDownloadException(
            context, "the server has sent " + body.slice() + " instead of " + rest);
      }
      return body.bytes();
    } catch (StorageConflictException | StorageNotFoundException | StorageRangeException e) {
      throw new StorageDownloadException(
          context, "the connection broke, and the artifact has changed meanwhile", e);
    }
  }

  /** A part without bytes, which the protocol has no words for. */
  private ArtifactContent nothing(
      Artifact artifact, ByteRange.Slice slice, FailureContext context) {
    ObjectFacts found = head(artifact, context).orElseThrow(() -> missing(artifact, context));
    return ArtifactContent.part(
        facts(artifact, found),
        within(slice, found.size(), context),
        InputStream.nullInputStream(),
        context,
        RemoteArtifactStore::broken);
  }

  private static ByteRange.Slice within(ByteRange range, long size, FailureContext context) {
    if (!range.isWithin(size)) {
      throw new StorageRangeException(
          context, range + " begins at or behind the end of its " + size + " bytes");
    }
    return range.of(size);
  }

  private static void close(ObjectBody body) {
    try {
      body.bytes().close();
    } catch (IOException e) {
      // nobody wants them
    }
  }

  /** What an interrupted or broken connection means once nothing more helps. */
  private static StorageException broken(FailureContext context, IOException failure) {
    boolean isInterrupt =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    if (isInterrupt) {
      Thread.currentThread().interrupt();
      return new StorageInterruptedException(context, "the thread was interrupted", failure);
    }
    return new StorageConnectionException(
        context, "the connection broke while the content was read", failure);
  }

  /** What is known of an artifact; the protocol does not tell a missing bucket here. */
  private Optional<ObjectFacts> head(Artifact artifact, FailureContext context) {
    Optional<ObjectFacts> found = server.head(name(artifact), settings.call(context));
    if (found.isEmpty()) {
      keeper.require(artifact.kind(), context);
    }
    return found;
  }

  private Listing page(ListQuery query, boolean areFolders, FailureContext context) {
    Listing listing =
        server.list(
            buckets.of(query.prefix().kind()),
            query.prefix().value(),
            areFolders,
            query.after(),
            query.pageSize(),
            settings.call(context));
    if (!listing.isWithin(query.prefix().value()) || !listing.goesOnBehind(query.after())) {
      throw new StorageConnectionException(
          context,
          "the server's listing is not of what is behind '"
              + query.after()
              + "', or does not tell where it goes on");
    }
    return listing;
  }

  private static <T> Page<T> page(ListQuery query, Listing listing, List<T> entries) {
    if (!listing.isTruncated()) {
      return Page.last(entries);
    }
    return Page.of(entries, new ListQuery(query.prefix(), query.pageSize(), listing.last()));
  }

  private static List<ArtifactSummary> summaries(ListQuery query, Listing listing) {
    List<ArtifactSummary> summaries = new ArrayList<>(listing.entries().size());
    for (Entry each : listing.inOrder()) {
      if (!each.key().equals(query.after())) {
        addSummary(each, summaries);
      }
    }
    return summaries;
  }

  private static void addSummary(Entry entry, List<ArtifactSummary> summaries) {
    try {
      summaries.add(
          new ArtifactSummary(
              Artifact.at(entry.key()),
              entry.size(),
              entry.modified().truncatedTo(ChronoUnit.SECONDS),
              entry.version()));
    } catch (InvalidKeyException e) {
      // another program's
    }
  }

  private static Optional<KeyPrefix> folder(String prefix) {
    try {
      return Optional.of(KeyPrefix.of(prefix));
    } catch (InvalidKeyException e) {
      return Optional.empty(); // a folder that no artifact can be in
    }
  }

  private boolean holdsArtifact(KeyPrefix folder, FailureContext context) {
    ListQuery query = ListQuery.of(folder);
    while (query != null) {
      Listing listing = page(query, false, context);
      Page<ArtifactSummary> page = page(query, listing, summaries(query, listing));
      if (!page.entries().isEmpty()) {
        return true;
      }
      query = page.next().orElse(null);
    }
    return false;
  }

  private static List<List<Artifact>> batches(List<Artifact> artifacts) {
    return IntStream.iterate(0, i -> i < artifacts.size(), i -> i + BATCH)
        .mapToObj(i -> artifacts.subList(i, Math.min(i + BATCH, artifacts.size())))
        .toList();
  }

  private DeleteReport deleteBatch(List<Artifact> artifacts) {
    ArtifactKind kind = artifacts.get(0).kind();
    FailureContext context = FailureContext.of(Operation.DELETE, buckets, kind);
    Map<String, Artifact> left = new LinkedHashMap<>();
    artifacts.forEach(each -> left.put(each.key().value(), each));
    List<DeleteReport.Failure> failures = new ArrayList<>();
    try {
      for (Refusal refusal :
          server.deleteBatch(
              buckets.of(kind), List.copyOf(left.keySet()), settings.call(context))) {
        Artifact artifact = left.remove(refusal.key());
        if (artifact != null) {
          failures.add(new DeleteReport.Failure(artifact, refusal.reason()));
        }
      }
      return new DeleteReport(List.copyOf(left.values()), failures);
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return new DeleteReport(
          List.of(), artifacts.stream().map(each -> new DeleteReport.Failure(each, e)).toList());
    }
  }

  private StoredArtifact facts(Artifact artifact, ObjectFacts found) {
    return new StoredArtifact(
        artifact,
        found.size(),
        found.modified().truncatedTo(ChronoUnit.SECONDS),
        found.version(),
        found.metadata().sha256(),
        found.contentType().map(RemoteArtifactStore::contentType).orElse(ContentType.BINARY),
        found.metadata().metadata(),
        found.isLocked());
  }

  private static ContentType contentType(String text) {
    try {
      return ContentType.of(text);
    } catch (InvalidMetadataException e) {
      return ContentType.BINARY; // another program's
    }
  }

  private static StorageNotFoundException missing(Artifact artifact, FailureContext context) {
    return new StorageNotFoundException(context, "there is no such " + artifact.kind());
  }

  private ObjectName name(Artifact artifact) {
    return new ObjectName(buckets.of(artifact.kind()), artifact.key().value());
  }

  private FailureContext begin(Operation operation, Artifact artifact) {
    FailureContext context = FailureContext.of(operation, buckets, artifact);
    requireOpen(context);
    return context;
  }

  private FailureContext begin(KeyPrefix prefix) {
    FailureContext context = FailureContext.of(Operation.LIST, buckets, prefix);
    requireOpen(context);
    return context;
  }

  private void require(Capability capability, FailureContext context) {
    if (!capabilities().contains(capability)) {
      throw new StorageUnsupportedException(
          context, "this server does not have the capability " + capability);
    }
  }

  private void requireOpen(FailureContext context) {
    if (isClosed.get()) {
      throw new StorageClosedException(context, "the store has been closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(context, "the thread was interrupted");
    }
  }
}
