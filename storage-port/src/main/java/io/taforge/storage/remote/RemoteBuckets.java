package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import io.taforge.storage.remote.ObjectServer.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Makes, verifies and replaces the buckets on a server. */
final class RemoteBuckets {
  private static final int PAGE = 1000;

  private final ObjectServer server;
  private final Buckets buckets;
  private final TransferSettings settings;

  RemoteBuckets(ObjectServer server, Buckets buckets, TransferSettings settings) {
    this.server = server;
    this.buckets = buckets;
    this.settings = settings;
  }

  /** Throws if there is no bucket for the kind. */
  void require(ArtifactKind kind, FailureContext context) {
    if (!server.hasBucket(buckets.of(kind), settings.call(context))) {
      throw new StorageBucketException(context, "there is no bucket " + buckets.of(kind));
    }
  }

  BucketCheck create(ArtifactKind kind) {
    boolean isNew =
        server.createBucket(
            buckets.of(kind), settings.call(context(Operation.CREATE_BUCKET, kind)));
    return check(kind, "exists", isNew ? BucketCheck.Status.CREATED : BucketCheck.Status.OK, "");
  }

  List<BucketCheck> verify(ArtifactKind kind) {
    Call call = settings.call(context(Operation.VERIFY_BUCKET, kind));
    String bucket = buckets.of(kind);
    try {
      if (!server.hasBucket(bucket, call)) {
        String detail = "There is no bucket " + bucket;
        return List.of(check(kind, "exists", BucketCheck.Status.FAILED, detail));
      }
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return List.of(
          check(kind, "exists", BucketCheck.Status.FAILED, String.valueOf(e.getMessage())));
    }
    return List.of(check(kind, "exists", BucketCheck.Status.OK, ""), listable(kind, call));
  }

  private BucketCheck listable(ArtifactKind kind, Call call) {
    try {
      server.list(buckets.of(kind), kind.folder(), false, "", 1, call);
      return check(kind, "listable", BucketCheck.Status.OK, "");
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return check(kind, "listable", BucketCheck.Status.FAILED, String.valueOf(e.getMessage()));
    }
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
    return List.of(check(kind, "exists", BucketCheck.Status.CREATED, "It is empty now"));
  }

  private boolean isEmpty(String bucket, Call call) {
    return server.list(bucket, "", false, "", 2, call).entries().stream()
        .allMatch(each -> each.key().equals(RemoteLease.KEY)); // which nobody would miss
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
