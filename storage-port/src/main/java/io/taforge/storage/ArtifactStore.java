package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place where artifacts are kept. This Javadoc is the contract that every adapter proves.
 *
 * <p><b>All or nothing.</b> Whatever goes wrong, and whoever reads meanwhile, there is the old
 * artifact or the new one, content and metadata together; never a part and never a mix. Nothing
 * temporary is ever visible.
 *
 * <p><b>Integrity.</b> The SHA-256 of all content is known when it is stored, kept with it, and
 * checked whenever the whole of it is read.
 *
 * <p><b>Memory.</b> No method needs memory in proportion to the content or to the number of
 * artifacts.
 *
 * <p><b>Threads.</b> A store is safe for use by many threads, and so are several stores on one
 * space, in one process or in many. Methods block. A thread that is interrupted before or during a
 * call gets {@link StorageInterruptedException} with its interrupt status set, and the call has
 * changed nothing that a reader can see.
 *
 * <p><b>Failures</b> are {@link StorageException}s. Every method may also throw those of its ways
 * to the backend: {@link StorageConnectionException}, {@link StorageAccessDeniedException}, {@link
 * StorageBucketException}; they are not repeated below. After {@link #close} every method throws
 * {@link StorageClosedException}. Something the store has no {@link Capability} for throws {@link
 * StorageUnsupportedException} and does nothing.
 */
public interface ArtifactStore extends ArtifactView, AutoCloseable {

  /** What this store can do beyond what every store can; the same as long as it lives. */
  Set<Capability> capabilities();

  /**
   * This store, for requests that belong together: where there is a server that keeps a log, all
   * that it is asked through what this returns says so; see {@link CorrelationId}. Where there is
   * none, it is this store itself, which suffices for a store.
   *
   * <p>It is the same store in all other respects and shares everything with this one, so that
   * having one for each request costs next to nothing. To close either is to close both.
   */
  default ArtifactStore correlated(CorrelationId id) {
    return this;
  }

  /**
   * Stores content, metadata and content type in one step, durably: when this returns, a crash of
   * the process or of the machine does not lose it.
   *
   * <p>The source is opened and closed by the store, once or several times as the source allows;
   * see {@link ContentSource}. It must end exactly at its declared length, if it has declared one.
   *
   * @return what is stored now; its time may differ from what {@link #find} tells, where the
   *     backend does not say exactly when it has stored something: by a second or two, and for
   *     content in many parts by as long as a busy server takes to put them together
   * @throws StorageConflictException if the options' condition does not hold; nothing has changed
   * @throws StorageIntegrityException if the content has not the length or the SHA-256 that were
   *     announced; nothing has changed
   * @throws StorageUploadException if the source cannot be read, or the backend does not take the
   *     content (such as a full disk); nothing has changed. A {@link StorageException} that the
   *     source itself throws comes through as it is.
   */
  StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options);

  /** Removes the artifact; says whether there was one. */
  DeleteOutcome delete(Artifact artifact);

  /**
   * Removes the artifact only if it is still the one that this token was read from.
   *
   * @throws StorageConflictException if it has changed since; nothing is removed
   * @throws StorageUnsupportedException without {@link Capability#CONDITIONAL_DELETE}
   */
  DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version);

  /**
   * Removes all of these. One that cannot be removed does not stop the rest; the report has it with
   * its failure. One that is not there counts as removed. An artifact that is named twice is
   * reported once.
   */
  DeleteReport deleteMany(Collection<? extends Artifact> artifacts);

  /**
   * Removes everything in a folder, and nothing beside it: {@code tas/…/v1} means {@code
   * tas/…/v1/}, never {@code tas/…/v10/}.
   *
   * @throws IllegalArgumentException if that would be a whole kind; {@link #deleteEverything} is
   *     for that
   */
  default DeleteReport deleteFolder(KeyPrefix prefix) {
    KeyPrefix folder = prefix.asFolder();
    if (folder.isWholeKind()) {
      throw new IllegalArgumentException(
          folder + " is all there is of a kind; to delete that, say deleteEverything");
    }
    return FolderDeletion.in(this, folder);
  }

  /** Removes all artifacts of a kind. */
  default DeleteReport deleteEverything(ArtifactKind kind) {
    return FolderDeletion.in(this, KeyPrefix.all(kind));
  }

  /**
   * Removes what a writer has left; says whether it was still there. Where the backend can tell
   * what somebody is still writing, that is not removed; on others it is, and its writer fails. So
   * name only what is older than any write takes.
   */
  default DeleteOutcome deleteLeftover(Leftover leftover) {
    return DeleteOutcome.ABSENT;
  }

  /**
   * Takes the lease of this place: a right that one process at a time has, such as to clean up.
   * Nobody else gets it until it is closed, or has not been renewed for its period.
   *
   * <p>It is for processes that keep to it: nothing is refused to anybody who has none. To be
   * closed before the store is.
   *
   * @param holder who wants it, for whoever gets to hear that it is taken; see {@link LeaseTerms}
   * @param period how long it lasts from its last renewal; a holder that dies loses it then, or
   *     before
   * @throws IllegalArgumentException if they are not allowed, see {@link LeaseTerms}
   * @throws StorageConflictException if somebody has it; the message says who, and until when
   * @throws StorageUnsupportedException without {@link Capability#LEASES}
   */
  default Lease acquireLease(String holder, Duration period) {
    throw new StorageUnsupportedException(
        FailureContext.of(Operation.LEASE), "this store has no leases");
  }

  /**
   * Replaces the metadata and leaves the content as it is.
   *
   * @throws StorageNotFoundException if there is no such artifact
   * @throws StorageConflictException if it is not the one that the token was read from
   * @throws StorageUnsupportedException without {@link Capability#METADATA_UPDATE}
   */
  StoredArtifact replaceMetadata(Artifact artifact, Metadata metadata, VersionToken version);

  /** The signer of links to artifacts; empty where there is none. */
  default Optional<LinkSigner> linkSigner() {
    return Optional.empty();
  }

  /** The backend's own rules about how long log samples are kept; empty where there are none. */
  default Optional<NativeRetention> nativeRetention() {
    return Optional.empty();
  }

  /**
   * Creates the buckets that are missing and leaves the others alone; sweeps what crashed writers
   * left behind. Doing it twice, or from two processes at once, is the same as once.
   *
   * @return one check for each bucket and step
   * @throws StorageBucketException if a bucket is somebody else's, even if anybody may read it
   * @throws StorageAccessDeniedException if the backend denies it and does not tell why
   */
  List<BucketCheck> createBuckets();

  /**
   * Looks whether the buckets are there, can be used, and are used by nobody else; changes nothing
   * that can be seen. What is found wrong is in the answer, and no failure; so is a backend that
   * cannot be reached.
   *
   * @return one check for each bucket and aspect, in the words of {@link BucketCheck}
   */
  List<BucketCheck> verifyBuckets();

  /**
   * What {@link #recreateBucket} would destroy; looks and changes nothing. A bucket that is not
   * there has nothing to lose.
   */
  BucketLoss lossOf(ArtifactKind kind);

  /**
   * Removes the bucket of a kind with everything in it, and creates it anew; one that is missing is
   * created.
   *
   * @param confirmation the bucket's name, as a confirmation that its content is to be destroyed;
   *     an empty text will do if {@link #lossOf nothing would be lost}
   * @throws StorageBucketException if something would be lost and the confirmation is not the
   *     bucket's name, or if the bucket keeps old versions of its objects; nothing has changed
   */
  List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation);

  /**
   * Releases what the store has opened; nothing that was handed to it. Doing it twice is the same
   * as once. Content that is still open can be read to its end.
   */
  @Override
  void close();
}
