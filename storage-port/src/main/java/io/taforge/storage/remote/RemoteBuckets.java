package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
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

  /** Throws if there is no bucket for the kind. */
  void require(ArtifactKind kind, FailureContext context) {
    if (!server.hasBucket(buckets.of(kind), settings.call(context))) {
      throw new StorageBucketException(context, "there is no bucket " + buckets.of(kind));
    }
  }

  /** Makes the bucket if it is missing; one that is there stays as it is. */
  List<BucketCheck> create(ArtifactKind kind) {
    Call call = settings.call(context(Operation.CREATE_BUCKET, kind));
    if (!server.createBucket(buckets.of(kind), call)) {
      return List.of(check(kind, "exists", BucketCheck.Status.OK, ""));
    }
    return created(kind, "", call);
  }

  /** Looks at the bucket; what it needs for that is gone afterwards. */
  List<BucketCheck> verify(ArtifactKind kind) {
    return new BucketInspection(server, connection, settings, claimed, clock, buckets, kind).all();
  }

  List<BucketCheck> recreate(ArtifactKind kind, String confirmation) {
    FailureContext context = context(Operation.RECREATE_BUCKET, kind);
    Call call = settings.call(context);
    String bucket = buckets.of(kind);
    if (server.hasBucket(bucket, call)) {
      if (!confirmation.equals(bucket) && !isEmpty(bucket, call)) {
        throw new StorageBucketException(
            context, "it is not empty; to destroy its content, confirm with the bucket's name");
      }
      empty(bucket, call);
      server.deleteBucket(bucket, call);
    }
    server.createBucket(bucket, call);
    return created(kind, "It is empty now", call);
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

  private boolean isEmpty(String bucket, Call call) {
    return server.list(bucket, "", false, "", 1, call).entries().isEmpty();
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
