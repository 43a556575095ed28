package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import io.taforge.storage.remote.ObjectServer.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes, verifies and replaces the buckets on a server. */
final class RemoteBuckets {
  private static final int PAGE = 1000;

  private final ObjectServer server;
  private final ServerConnection connection;
  private final Buckets buckets;
  private final TransferSettings settings;
  private final Set<Capability> claimed;
  private final Clock clock;

  /**
   * On a server.
   *
   * @param claimed what is said of it without asking
   */
  RemoteBuckets(
      ObjectServer server,
      ServerConnection connection,
      Buckets buckets,
      TransferSettings settings,
      Set<Capability> claimed,
      Clock clock) {
    this.server = server;
    this.connection = connection;
    this.buckets = buckets;
    this.settings = settings;
    this.claimed = claimed;
    this.clock = clock;
  }

  /** The same, asking the server like this. */
  RemoteBuckets through(ObjectServer other) {
    return new RemoteBuckets(other, connection, buckets, settings, claimed, clock);
  }

  /** Throws if there is no bucket for the kind. */
  void require(ArtifactKind kind, FailureContext context) {
    if (!server.hasBucket(buckets.of(kind), settings.call(context))) {
      throw new StorageBucketException(context, "there is no bucket " + buckets.of(kind));
    }
  }

  /** Makes the bucket if it is missing; one that is there stays as it is, and must be ours. */
  List<BucketCheck> create(ArtifactKind kind) {
    FailureContext context = context(Operation.CREATE_BUCKET, kind);
    Call call = settings.call(context);
    if (isCreated(buckets.of(kind), call)) {
      return created(kind, "", call);
    }
    BucketCheck exists = check(kind, "exists", BucketCheck.Status.OK, "");
    Ownership ownership = Ownership.of(server, buckets.of(kind), call);
    requireOurs(ownership, context);
    return ownership.isOurs().isPresent()
        ? List.of(exists)
        : List.of(exists, check(kind, "ours", BucketCheck.Status.UNKNOWN, ownership.detail()));
  }

  /** Ceph 16 says of our own bucket that it is somebody's, if others of us create it just then. */
  private boolean isCreated(String bucket, Call call) {
    try {
      return server.createBucket(bucket, call);
    } catch (StorageBucketException e) {
      if (isSeen(bucket, call)) {
        return false;
      }
      throw e;
    }
  }

  private boolean isSeen(String bucket, Call call) {
    try {
      return server.hasBucket(bucket, call);
    } catch (StorageException e) {
      return false; // creating it has said more
    }
  }

  /** A server may let others look into a bucket, and even write there. */
  private static void requireOurs(Ownership ownership, FailureContext context) {
    if (ownership.isForeign()) {
      throw new StorageBucketException(
          context, "the bucket belongs to somebody else: " + ownership.detail());
    }
  }

  /** Looks at the bucket; what it needs for that is gone afterwards. */
  List<BucketCheck> verify(ArtifactKind kind) {
    return new BucketInspection(server, connection, settings, claimed, clock, buckets, kind).all();
  }

  /** What would be lost if it were made anew. */
  BucketLoss loss(ArtifactKind kind) {
    return survey(context(Operation.RECREATE_BUCKET, kind)).of(kind, buckets.of(kind));
  }

  /** Removes the bucket with all that is in it, and makes it anew. */
  List<BucketCheck> recreate(ArtifactKind kind, String confirmation) {
    FailureContext context = context(Operation.RECREATE_BUCKET, kind);
    Call call = settings.call(context);
    String bucket = buckets.of(kind);
    if (server.hasBucket(bucket, call)) {
      requireOurs(Ownership.of(server, bucket, call), context);
      survey(context).requireExpendable(bucket, confirmation);
      empty(bucket, call);
      server.deleteBucket(bucket, call);
    }
    server.createBucket(bucket, call);
    return created(kind, "It is empty now", call);
  }

  private LossSurvey survey(FailureContext context) {
    return new LossSurvey(server, settings, context);
  }

  /**
   * Only Amazon S3 is asked to harden a new bucket. Others cannot, or misunderstand: Ceph RADOS
   * Gateway 16 refuses every later write to a bucket whose public access is blocked.
   */
  private List<BucketCheck> created(ArtifactKind kind, String detail, Call call) {
    BucketCheck exists = check(kind, "exists", BucketCheck.Status.CREATED, detail);
    return connection.endpoint().isPresent()
        ? List.of(exists)
        : List.of(exists, hardened(kind, call));
  }

  private BucketCheck hardened(ArtifactKind kind, Call call) {
    try {
      server.harden(buckets.of(kind), call);
      return check(kind, "hardened", BucketCheck.Status.CREATED, "");
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return check(kind, "hardened", BucketCheck.Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void empty(String bucket, Call call) {
    server
        .openUploads(bucket, call)
        .forEach(each -> server.abortUpload(each.name(), each.id(), call));
    String after = "";
    boolean isMore = true;
    while (isMore) {
      Listing page = server.list(bucket, "", false, after, PAGE, call);
      List<String> keys = new ArrayList<>(page.entries().stream().map(Entry::key).toList());
      if (keys.isEmpty()) {
        return;
      }
      List<Refusal> refusals = server.deleteBatch(bucket, keys, call);
      if (!refusals.isEmpty()) {
        throw refusals.get(0).reason();
      }
      after = keys.get(keys.size() - 1);
      isMore = page.isTruncated();
    }
  }

  private FailureContext context(Operation operation, ArtifactKind kind) {
    return FailureContext.of(operation, buckets, kind);
  }

  private BucketCheck check(
      ArtifactKind kind, String aspect, BucketCheck.Status status, String detail) {
    return new BucketCheck(kind, buckets.of(kind), aspect, status, detail);
  }
}
