package io.taforge.storage.memory;

import static io.taforge.storage.Operation.CREATE_BUCKET;
import static io.taforge.storage.Operation.DELETE;
import static io.taforge.storage.Operation.FIND;
import static io.taforge.storage.Operation.GET;
import static io.taforge.storage.Operation.LEASE;
import static io.taforge.storage.Operation.LIST;
import static io.taforge.storage.Operation.PUT;
import static io.taforge.storage.Operation.READ_TAGS;
import static io.taforge.storage.Operation.RECREATE_BUCKET;
import static io.taforge.storage.Operation.REPLACE_METADATA;
import static io.taforge.storage.Operation.SIGN_LINK;
import static io.taforge.storage.Operation.VERIFY_BUCKET;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
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
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.Lease;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps artifacts in memory, as the port says and no more. Stores on the same {@link InMemorySpace}
 * see the same artifacts. Content takes heap in full. Links lead somewhere once a link server
 * serves the store.
 */
public final class InMemoryArtifactStore implements ArtifactStore {
  private final InMemorySpace space;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** On a space of its own, with the default buckets, all created. */
  public InMemoryArtifactStore() {
    this(new InMemorySpace(Clock.systemUTC()));
    createBuckets();
  }

  /** On a space that it may share with others. */
  public InMemoryArtifactStore(InMemorySpace space) {
    this.space = space;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.CONDITIONAL_DELETE,
        Capability.DETAILED_LISTING,
        Capability.LEASES,
        Capability.METADATA_UPDATE,
        Capability.SIGNED_LINKS,
        Capability.TAGS);
  }

  @Override
  public Buckets buckets() {
    return space.buckets();
  }

  @Override
  public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    FailureContext context = begin(PUT, artifact);
    try (IncomingContent content = IncomingContent.open(source, options, context)) {
      byte[] bytes = readAll(content, context);
      return space.locked(
          () -> {
            space.requireBucket(context, artifact.kind());
            checkCondition(
                context, options.condition(), space.artifacts().get(artifact.key().value()));
            StoredArtifact facts =
                new StoredArtifact(
                    artifact,
                    bytes.length,
                    space.clock().instant(),
                    new VersionToken(space.nextVersion()),
                    Optional.of(content.sha256()),
                    options.contentTypeOf(artifact),
                    options.metadata());
            space
                .artifacts()
                .put(artifact.key().value(), new InMemoryArtifact(facts, bytes, options.tags()));
            return facts;
          });
    }
  }

  @Override
  public ArtifactContent get(Artifact artifact) {
    FailureContext context = begin(GET, artifact);
    InMemoryArtifact found = require(context, artifact);
    return ArtifactContent.whole(
        found.facts(),
        new ByteArrayInputStream(found.content()),
        context,
        (where, failure) -> new StorageDownloadException(where, "memory has failed", failure));
  }

  @Override
  public ArtifactContent get(Artifact artifact, ByteRange range) {
    FailureContext context = begin(GET, artifact);
    InMemoryArtifact found = require(context, artifact);
    long size = found.facts().size();
    if (!range.isWithin(size)) {
      throw new StorageRangeException(
          context, range + " begins at or behind the end of its " + size + " bytes");
    }
    ByteRange.Slice slice = range.of(size);
    return ArtifactContent.part(
        found.facts(),
        slice,
        new ByteArrayInputStream(found.content(), (int) slice.offset(), (int) slice.length()),
        context,
        (where, failure) -> new StorageDownloadException(where, "memory has failed", failure));
  }

  @Override
  public Optional<StoredArtifact> find(Artifact artifact) {
    FailureContext context = begin(FIND, artifact);
    space.requireBucket(context, artifact.kind());
    return Optional.ofNullable(space.artifacts().get(artifact.key().value()))
        .map(InMemoryArtifact::facts);
  }

  @Override
  public Page<ArtifactSummary> list(ListQuery query) {
    return listAs(query, StoredArtifact::summary);
  }

  @Override
  public Page<StoredArtifact> listDetailed(ListQuery query) {
    return listAs(query, Function.identity());
  }

  @Override
  public Page<KeyPrefix> listFolders(ListQuery query) {
    KeyPrefix prefix = query.prefix();
    if (!prefix.isFolder()) {
      throw new IllegalArgumentException("'" + prefix + "' is not a folder: it must end with /");
    }
    FailureContext context = begin(LIST, prefix);
    space.requireBucket(context, prefix.kind());
    List<KeyPrefix> folders = new ArrayList<>();
    String last = "";
    for (String key : from(query).keySet()) {
      if (!key.startsWith(prefix.value())) {
        break;
      }
      String folder = key.substring(0, key.indexOf('/', prefix.value().length()) + 1);
      if (folder.isEmpty() || folder.equals(last) || !query.isAhead(folder)) {
        continue;
      }
      if (folders.size() == query.pageSize()) {
        return Page.of(folders, query.after(folders.get(folders.size() - 1)));
      }
      folders.add(KeyPrefix.of(folder));
      last = folder;
    }
    return Page.last(folders);
  }

  @Override
  public DeleteOutcome delete(Artifact artifact) {
    return delete(artifact, null);
  }

  @Override
  public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
    return delete(artifact, version);
  }

  @Override
  public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
    List<Artifact> removed = new ArrayList<>();
    List<DeleteReport.Failure> failures = new ArrayList<>();
    requireOpen(FailureContext.of(DELETE));
    for (Artifact artifact : new LinkedHashSet<>(artifacts)) {
      try {
        delete(artifact);
        removed.add(artifact);
      } catch (StorageInterruptedException e) {
        throw e;
      } catch (StorageException e) {
        failures.add(new DeleteReport.Failure(artifact, e));
      }
    }
    return new DeleteReport(removed, failures);
  }

  @Override
  public Lease acquireLease(String holder, Duration period) {
    FailureContext context = FailureContext.of(LEASE);
    LeaseTerms terms = new LeaseTerms(holder, period);
    requireOpen(context);
    return space.lease().acquire(terms.holder(), terms.period(), context);
  }

  @Override
  public Optional<Instant> backendTime() {
    requireOpen(FailureContext.of(LIST));
    return Optional.of(space.clock().instant());
  }

  @Override
  public StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    FailureContext context = begin(REPLACE_METADATA, artifact);
    return space.locked(
        () -> {
          InMemoryArtifact found = require(context, artifact);
          checkUnchanged(context, found, version);
          StoredArtifact old = found.facts();
          StoredArtifact facts =
              new StoredArtifact(
                  artifact,
                  old.size(),
                  old.storedAt(),
                  new VersionToken(space.nextVersion()),
                  old.sha256(),
                  old.contentType(),
                  metadata);
          space.artifacts().put(artifact.key().value(), found.withFacts(facts));
          return facts;
        });
  }

  @Override
  public Tags tags(Artifact artifact) {
    return require(begin(READ_TAGS, artifact), artifact).tags();
  }

  /** The space's {@link io.taforge.storage.link.LinkAuthority}. */
  @Override
  public Optional<LinkSigner> linkSigner() {
    requireOpen(FailureContext.of(SIGN_LINK));
    return Optional.of(space.links());
  }

  @Override
  public List<BucketCheck> createBuckets() {
    FailureContext context = FailureContext.of(CREATE_BUCKET);
    requireOpen(context);
    space.faults().pass(context);
    return Stream.of(ArtifactKind.values())
        .map(
            kind ->
                check(
                    kind,
                    "exists",
                    space.create(kind) ? BucketCheck.Status.CREATED : BucketCheck.Status.OK,
                    ""))
        .toList();
  }

  @Override
  public List<BucketCheck> verifyBuckets() {
    requireOpen(FailureContext.of(VERIFY_BUCKET));
    return Stream.of(ArtifactKind.values()).flatMap(kind -> verify(kind).stream()).toList();
  }

  /** In memory nothing more can be wrong with a bucket that is there. */
  private List<BucketCheck> verify(ArtifactKind kind) {
    try {
      space.faults().pass(FailureContext.of(VERIFY_BUCKET, buckets(), kind));
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      String reason = String.valueOf(e.getMessage());
      return List.of(check(kind, "exists", BucketCheck.Status.FAILED, reason));
    }
    if (!space.exists(kind)) {
      String reason = "There is no bucket " + buckets().of(kind);
      return List.of(check(kind, "exists", BucketCheck.Status.FAILED, reason));
    }
    return Stream.of("exists", "writable", "readable", "listable", "deletable")
        .map(aspect -> check(kind, aspect, BucketCheck.Status.OK, ""))
        .toList();
  }

  @Override
  public BucketLoss lossOf(ArtifactKind kind) {
    FailureContext context = FailureContext.of(RECREATE_BUCKET, buckets(), kind);
    requireOpen(context);
    space.faults().pass(context);
    return space.locked(() -> space.lossOf(kind));
  }

  @Override
  public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    FailureContext context = FailureContext.of(RECREATE_BUCKET, buckets(), kind);
    requireOpen(context);
    space.faults().pass(context);
    return space.locked(
        () -> {
          BucketLoss loss = space.lossOf(kind);
          if (!loss.isNothing() && !confirmation.equals(loss.bucket())) {
            throw new StorageBucketException(
                context,
                "it holds "
                    + loss.objects()
                    + " objects and has the settings "
                    + loss.settings()
                    + "; to destroy that, confirm with the bucket's name");
          }
          space.empty(kind);
          space.create(kind);
          return List.of(check(kind, "exists", BucketCheck.Status.CREATED, "It is empty now"));
        });
  }

  @Override
  public void close() {
    isClosed.set(true);
  }

  private FailureContext begin(Operation operation, Artifact artifact) {
    FailureContext context = FailureContext.of(operation, buckets(), artifact);
    requireOpen(context);
    space.faults().pass(context);
    return context;
  }

  private FailureContext begin(Operation operation, KeyPrefix prefix) {
    FailureContext context = FailureContext.of(operation, buckets(), prefix);
    requireOpen(context);
    space.faults().pass(context);
    return context;
  }

  private void requireOpen(FailureContext context) {
    if (isClosed.get()) {
      throw new StorageClosedException(context, "the store has been closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(context, "the thread was interrupted");
    }
  }

  private InMemoryArtifact require(FailureContext context, Artifact artifact) {
    space.requireBucket(context, artifact.kind());
    InMemoryArtifact found = space.artifacts().get(artifact.key().value());
    if (found == null) {
      throw new StorageNotFoundException(context, "there is no such " + artifact.kind());
    }
    return found;
  }

  private static byte[] readAll(IncomingContent content, FailureContext context) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.readAll(bytes::write);
      return bytes.toByteArray();
    } catch (OutOfMemoryError e) {
      throw new StorageUploadException(context, "it does not fit into memory", e);
    }
  }

  private static void checkCondition(
      FailureContext context, WriteCondition condition, @Nullable InMemoryArtifact found) {
    if (condition instanceof WriteCondition.IfAbsent && found != null) {
      throw StorageConflictException.alreadyStored(context);
    }
    if (condition instanceof WriteCondition.IfUnchanged unchanged) {
      checkUnchanged(context, found, unchanged.version());
    }
  }

  private static void checkUnchanged(
      FailureContext context, @Nullable InMemoryArtifact found, VersionToken version) {
    if (found == null || !found.facts().version().equals(version)) {
      throw StorageConflictException.changed(context);
    }
  }

  private DeleteOutcome delete(Artifact artifact, @Nullable VersionToken version) {
    FailureContext context = begin(DELETE, artifact);
    return space.locked(
        () -> {
          space.requireBucket(context, artifact.kind());
          InMemoryArtifact found = space.artifacts().get(artifact.key().value());
          if (found == null) {
            return DeleteOutcome.ABSENT;
          }
          if (version != null) {
            checkUnchanged(context, found, version);
          }
          if (space.faults().isUndeletable(artifact)) {
            throw new StorageBucketException(context, "this is a fault made for a test");
          }
          space.artifacts().remove(artifact.key().value());
          return DeleteOutcome.DELETED;
        });
  }

  private <T> Page<T> listAs(ListQuery query, Function<StoredArtifact, T> entry) {
    FailureContext context = begin(LIST, query.prefix());
    space.requireBucket(context, query.prefix().kind());
    List<T> entries = new ArrayList<>();
    String last = "";
    for (Map.Entry<String, InMemoryArtifact> found : from(query).entrySet()) {
      if (!found.getKey().startsWith(query.prefix().value())) {
        break;
      }
      if (!query.isAhead(found.getKey())) {
        continue;
      }
      if (entries.size() == query.pageSize()) {
        return Page.of(entries, query.after(ArtifactKey.of(last)));
      }
      entries.add(entry.apply(found.getValue().facts()));
      last = found.getKey();
    }
    return Page.last(entries);
  }

  /** Everything from the query's position on, itself included. */
  private SortedMap<String, InMemoryArtifact> from(ListQuery query) {
    String position = query.after().isEmpty() ? query.prefix().value() : query.after();
    return space.artifacts().tailMap(position, true);
  }

  private BucketCheck check(
      ArtifactKind kind, String aspect, BucketCheck.Status status, String detail) {
    return new BucketCheck(kind, buckets().of(kind), aspect, status, detail);
  }
}
