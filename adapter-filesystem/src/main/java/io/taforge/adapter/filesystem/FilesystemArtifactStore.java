package io.taforge.adapter.filesystem;

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
import io.taforge.storage.Lease;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.Leftover;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.link.LinkAuthority;
import io.taforge.storage.link.LinkBook;
import io.taforge.storage.link.LinkBookKeeper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.vfs2.FileObject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps artifacts in a folder: the content of K is the file {@code <root>/<bucket>/<K>}. Safe for
 * many threads and for many processes on one root, against crashes and, with full durability,
 * against power cuts.
 */
public final class FilesystemArtifactStore implements ArtifactStore {
  private final Root root;
  private final FilesystemSettings settings;
  private final BucketKeeper keeper;
  private final ArtifactReader reader;
  private final Leavings leavings;
  private final LinkAuthority links;
  private final boolean isDurable;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable WriterSpace writers;
  private volatile boolean isClosed;

  private FilesystemArtifactStore(Root root, FilesystemSettings settings) {
    this.root = root;
    this.settings = settings;
    this.isDurable =
        root.isDurable() && settings.durability() == FilesystemSettings.Durability.FULL;
    this.keeper = new BucketKeeper(root, settings.buckets(), isDurable);
    this.reader = new ArtifactReader(root);
    this.leavings = new Leavings(root, settings.buckets());
    LinkFile file = new LinkFile(root, this::writers, isDurable);
    this.links =
        new LinkAuthority(
            settings.buckets(), keeper(file), settings.linkEndpoint(), settings.clock());
  }

  /**
   * Opens the store; that makes no folder yet, {@link #createBuckets} does.
   *
   * @throws StorageException if the location cannot be understood
   */
  public static FilesystemArtifactStore open(FilesystemSettings settings) {
    return new FilesystemArtifactStore(Roots.at(settings.location()), settings);
  }

  /**
   * Opens the store in a folder of Commons VFS, whose file system the caller has opened and will
   * close. The settings' location is not used.
   */
  public static FilesystemArtifactStore in(FileObject folder, FilesystemSettings settings) {
    return new FilesystemArtifactStore(Roots.at(folder), settings);
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all =
        EnumSet.of(
            Capability.CONDITIONAL_DELETE,
            Capability.DETAILED_LISTING,
            Capability.LEASES,
            Capability.METADATA_UPDATE,
            Capability.TAGS);
    if (root.keepsSecrets()) {
      all.add(Capability.SIGNED_LINKS);
    }
    if (isDurable) {
      all.add(Capability.DURABLE);
    }
    return all;
  }

  @Override
  public Buckets buckets() {
    return settings.buckets();
  }

  @Override
  public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    return on(
        Operation.PUT,
        artifact,
        context -> writer().put(artifact, Place.of(buckets(), artifact), source, options, context));
  }

  @Override
  public ArtifactContent get(Artifact artifact) {
    return reading(
        Operation.GET,
        artifact,
        context -> {
          ArtifactReader.Opened opened = open(artifact, context, size -> 0);
          return ArtifactContent.whole(
              opened.artifact().facts(artifact),
              opened.bytes(),
              context,
              FilesystemFailures::translate);
        });
  }

  @Override
  public ArtifactContent get(Artifact artifact, ByteRange range) {
    return reading(
        Operation.GET,
        artifact,
        context -> {
          ArtifactReader.Opened opened =
              open(artifact, context, size -> within(range, size, context).offset());
          ByteRange.Slice slice = range.of(opened.artifact().file().size());
          return ArtifactContent.part(
              opened.artifact().facts(artifact),
              slice,
              bounded(opened.bytes(), slice.length()),
              context,
              FilesystemFailures::translate);
        });
  }

  @Override
  public Optional<StoredArtifact> find(Artifact artifact) {
    return reading(
        Operation.FIND,
        artifact,
        context -> look(artifact, context).map(found -> found.facts(artifact)));
  }

  @Override
  public Page<ArtifactSummary> list(ListQuery query) {
    return on(query, context -> page(query, context, (found, where) -> summary(found)));
  }

  @Override
  public Page<StoredArtifact> listDetailed(ListQuery query) {
    return on(query, context -> page(query, context, this::details));
  }

  @Override
  public Page<KeyPrefix> listFolders(ListQuery query) {
    if (!query.prefix().isFolder()) {
      throw new IllegalArgumentException(
          "'" + query.prefix() + "' is not a folder: it must end with /");
    }
    return on(query, context -> folderPage(query));
  }

  /** In one walk, where pages would each have to find their position again. */
  @Override
  public Stream<ArtifactSummary> scan(KeyPrefix prefix) {
    return entries(prefix, (found, context) -> summary(found));
  }

  /** In one walk; see {@link #scan}. */
  @Override
  public Stream<StoredArtifact> scanDetailed(KeyPrefix prefix) {
    return entries(prefix, this::details);
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
    requireOpen(FailureContext.of(Operation.DELETE));
    List<Artifact> removed = new ArrayList<>();
    List<DeleteReport.Failure> failures = new ArrayList<>();
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
  public StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    return on(
        Operation.REPLACE_METADATA,
        artifact,
        context ->
            writer()
                .replaceMetadata(
                    artifact, Place.of(buckets(), artifact), metadata, version, context));
  }

  @Override
  public Tags tags(Artifact artifact) {
    return reading(
        Operation.READ_TAGS,
        artifact,
        context -> look(artifact, context).orElseThrow(() -> missing(artifact, context)).tags());
  }

  /** Not in a file system of Commons VFS, in which a key could not be kept to oneself. */
  @Override
  public Optional<LinkSigner> linkSigner() {
    requireOpen(FailureContext.of(Operation.SIGN_LINK));
    return root.keepsSecrets() ? Optional.of(links) : Optional.empty();
  }

  @Override
  public Stream<Leftover> leftovers(ArtifactKind kind) {
    return leftovers(kind, EnumSet.allOf(Leftover.Type.class));
  }

  @Override
  public Stream<Leftover> leftovers(ArtifactKind kind, Set<Leftover.Type> types) {
    FailureContext context = FailureContext.of(Operation.LIST, buckets(), kind);
    requireOpen(context);
    Stream<Leftover> files =
        types.contains(Leftover.Type.FILE)
            ? translating(context, () -> leavings.files(kind)).stream()
            : Stream.empty();
    return types.contains(Leftover.Type.RECORD)
        ? Stream.concat(files, orphans(kind, context))
        : files;
  }

  private Stream<Leftover> orphans(ArtifactKind kind, FailureContext context) {
    KeyWalk records = leavings.records(kind);
    return Stream.generate(() -> translating(context, () -> leavings.nextOrphan(records)))
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow);
  }

  @Override
  public DeleteOutcome deleteLeftover(Leftover leftover) {
    FailureContext context = FailureContext.of(Operation.DELETE, buckets(), leftover.kind());
    return translating(context, () -> leavings.remove(leftover, writers(), writer()));
  }

  @Override
  public Lease acquireLease(String holder, Duration period) {
    FailureContext context = FailureContext.of(Operation.LEASE);
    LeaseTerms terms = new LeaseTerms(holder, period);
    FolderLease lease = new FolderLease(root, settings.clock(), context);
    return translating(
        context,
        () ->
            lease.acquire(
                terms,
                writers(),
                work ->
                    translating(
                        context,
                        () -> {
                          work.run();
                          return true;
                        })));
  }

  @Override
  public List<BucketCheck> createBuckets() {
    FailureContext context = FailureContext.of(Operation.CREATE_BUCKET);
    return translating(
        context,
        () -> {
          root.create();
          WriterSpace space = writers();
          boolean isAnyDead;
          try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
            isAnyDead = space.workshop().sweep();
          }
          List<BucketCheck> checks = new ArrayList<>();
          for (ArtifactKind kind : ArtifactKind.values()) {
            checks.add(keeper.create(kind));
            if (isAnyDead) {
              leavings.sweepRecords(kind, writer());
            }
          }
          return checks;
        });
  }

  @Override
  public List<BucketCheck> verifyBuckets() {
    requireOpen(FailureContext.of(Operation.VERIFY_BUCKET));
    List<BucketCheck> checks = new ArrayList<>();
    for (ArtifactKind kind : ArtifactKind.values()) {
      checks.addAll(keeper.verify(kind));
    }
    return checks;
  }

  @Override
  public BucketLoss lossOf(ArtifactKind kind) {
    FailureContext context = FailureContext.of(Operation.RECREATE_BUCKET, buckets(), kind);
    return translating(context, () -> keeper.loss(kind));
  }

  @Override
  public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    FailureContext context = FailureContext.of(Operation.RECREATE_BUCKET, buckets(), kind);
    return translating(
        context,
        () -> {
          if (!confirmation.equals(buckets().of(kind)) && !keeper.loss(kind).isNothing()) {
            throw new StorageBucketException(
                context, "it is not empty; to destroy that, confirm with the bucket's name");
          }
          root.create();
          keeper.remove(kind);
          return List.of(keeper.create(kind));
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      WriterSpace space = writers;
      writers = null;
      if (space != null) {
        space.release();
      }
    } catch (IOException e) {
      throw FilesystemFailures.translate(FailureContext.of(Operation.OPEN), e);
    } finally {
      lock.unlock();
      root.close();
    }
  }

  private DeleteOutcome delete(Artifact artifact, @Nullable VersionToken version) {
    return on(
        Operation.DELETE,
        artifact,
        context ->
            writer().delete(artifact.key(), Place.of(buckets(), artifact), version, context));
  }

  private ArtifactReader.Opened open(
      Artifact artifact, FailureContext context, ArtifactReader.Offset offset) throws IOException {
    return inBucket(artifact, context, reader.open(Place.of(buckets(), artifact), context, offset))
        .orElseThrow(() -> missing(artifact, context));
  }

  private Optional<OpenArtifact> look(Artifact artifact, FailureContext context)
      throws IOException {
    return inBucket(artifact, context, reader.find(Place.of(buckets(), artifact), context));
  }

  /** What was found; if nothing was, the bucket must be there at least. */
  private <T> Optional<T> inBucket(Artifact artifact, FailureContext context, Optional<T> found)
      throws IOException {
    if (found.isEmpty()) {
      keeper.require(artifact.kind(), context);
    }
    return found;
  }

  private static StorageNotFoundException missing(Artifact artifact, FailureContext context) {
    return new StorageNotFoundException(context, "there is no such " + artifact.kind());
  }

  private static ByteRange.Slice within(ByteRange range, long size, FailureContext context) {
    if (!range.isWithin(size)) {
      throw new StorageRangeException(
          context, range + " begins at or behind the end of its " + size + " bytes");
    }
    return range.of(size);
  }

  private static InputStream bounded(InputStream bytes, long length) throws IOException {
    return BoundedInputStream.builder().setInputStream(bytes).setMaxCount(length).get();
  }

  /** Makes a listing's entry of what a walk has found; empty if it is gone meanwhile. */
  @FunctionalInterface
  private interface EntryMaker<T> {
    Optional<T> make(KeyWalk.Found found, FailureContext context) throws IOException;
  }

  private Optional<ArtifactSummary> summary(KeyWalk.Found found) {
    FileFacts file = found.file();
    return Optional.of(
        new ArtifactSummary(found.artifact(), file.size(), file.modified(), file.version()));
  }

  private Optional<StoredArtifact> details(KeyWalk.Found found, FailureContext context)
      throws IOException {
    return reader
        .find(Place.of(buckets(), found.artifact()), context)
        .map(open -> open.facts(found.artifact()));
  }

  private <T> Stream<T> entries(KeyPrefix prefix, EntryMaker<T> maker) {
    ListQuery query = ListQuery.of(prefix);
    FailureContext context = FailureContext.of(Operation.LIST, buckets(), prefix);
    KeyWalk walk = on(query, same -> walk(query));
    return Stream.generate(() -> translating(context, () -> nextEntry(walk, context, maker)))
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow);
  }

  private static <T> Optional<T> nextEntry(
      KeyWalk walk, FailureContext context, EntryMaker<T> maker) throws IOException {
    for (Optional<KeyWalk.Found> found = walk.next(); found.isPresent(); found = walk.next()) {
      Optional<T> entry = maker.make(found.get(), context);
      if (entry.isPresent()) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private <T> Page<T> page(ListQuery query, FailureContext context, EntryMaker<T> maker)
      throws IOException {
    KeyWalk walk = walk(query);
    List<T> entries = new ArrayList<>();
    ArtifactKey last = null;
    for (Optional<KeyWalk.Found> found = walk.next(); found.isPresent(); found = walk.next()) {
      if (last != null && entries.size() == query.pageSize()) {
        return Page.of(entries, query.after(last));
      }
      maker.make(found.get(), context).ifPresent(entries::add);
      last = found.get().artifact().key();
    }
    return Page.last(entries);
  }

  private Page<KeyPrefix> folderPage(ListQuery query) throws IOException {
    Optional<SortedNames> found = walk(query).folders();
    if (found.isEmpty()) {
      return Page.last(List.of());
    }
    SortedNames names = found.get();
    List<KeyPrefix> folders = new ArrayList<>();
    for (Optional<String> name = names.next(); name.isPresent(); name = names.next()) {
      Optional<KeyPrefix> folder = folder(query.prefix().value() + name.get());
      if (folder.isEmpty() || walk(ListQuery.of(folder.get())).next().isEmpty()) {
        continue;
      }
      if (folders.size() == query.pageSize()) {
        return Page.of(folders, query.after(folders.get(folders.size() - 1)));
      }
      folders.add(folder.get());
    }
    return Page.last(folders);
  }

  private static Optional<KeyPrefix> folder(String key) {
    try {
      return Optional.of(KeyPrefix.of(key));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a folder that no key can be in
    }
  }

  private KeyWalk walk(ListQuery query) {
    return new KeyWalk(root, List.of(buckets().of(query.prefix().kind())), query);
  }

  private LinkBookKeeper keeper(LinkFile file) {
    FailureContext context = FailureContext.of(Operation.SIGN_LINK);
    return new LinkBookKeeper() {
      @Override
      public LinkBook recent() {
        return translating(context, file::recent);
      }

      @Override
      public LinkBook newest() {
        return translating(context, file::newest);
      }

      @Override
      public LinkBook update(UnaryOperator<LinkBook> change) {
        return translating(context, () -> file.update(change));
      }
    };
  }

  private ArtifactWriter writer() throws IOException {
    return new ArtifactWriter(root, writers(), reader, settings.clock(), isDurable);
  }

  private WriterSpace writers() throws IOException {
    lock.lock();
    try {
      WriterSpace space = writers;
      if (space != null && !space.isOf(root)) {
        writers = null;
        space.release();
        space = null;
      }
      if (space == null) {
        space = WriterSpace.acquire(root);
        writers = space;
      }
      return space;
    } finally {
      lock.unlock();
    }
  }

  /** What an operation does, and how it may fail. */
  @FunctionalInterface
  private interface Work<T> {
    T run(FailureContext context) throws IOException;
  }

  /** Without a look at the bucket before, because what is found shows that it is there. */
  private <T> T reading(Operation operation, Artifact artifact, Work<T> work) {
    FailureContext context = FailureContext.of(operation, buckets(), artifact);
    return translating(context, () -> work.run(context));
  }

  private <T> T on(Operation operation, Artifact artifact, Work<T> work) {
    return reading(
        operation,
        artifact,
        context -> {
          keeper.require(artifact.kind(), context);
          return work.run(context);
        });
  }

  private <T> T on(ListQuery query, Work<T> work) {
    FailureContext context = FailureContext.of(Operation.LIST, buckets(), query.prefix());
    return translating(
        context,
        () -> {
          keeper.require(query.prefix().kind(), context);
          return work.run(context);
        });
  }

  /** Something that touches the file system. */
  @FunctionalInterface
  private interface Touching<T> {
    T run() throws IOException;
  }

  private <T> T translating(FailureContext context, Touching<T> work) {
    requireOpen(context);
    try {
      return work.run();
    } catch (NoSuchFileException e) {
      throw new StorageBucketException(
          context, "the folder " + root + " has gone, or changes under our hands", e);
    } catch (IOException e) {
      root.letGo(); // it may be a lack of descriptors
      throw FilesystemFailures.translate(context, e);
    } catch (ProviderException e) {
      // random numbers are read from a device, which fails as any file does
      throw FilesystemFailures.translate(context, new IOException(e.getMessage(), e));
    }
  }

  private void requireOpen(FailureContext context) {
    if (isClosed) {
      throw new StorageClosedException(context, "the store has been closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(context, "the thread was interrupted");
    }
  }
}
