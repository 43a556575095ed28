package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what would be lost with a bucket: what is in it, and what was said of it. */
final class LossSurvey {
  private static final int PAGE = 1000;
  private static final String OBSTACLE =
      "it keeps old versions of its objects, or did so once, and taforge destroys none of them";

  private final ObjectServer server;
  private final FailureContext context;
  private final Call call;

  LossSurvey(ObjectServer server, TransferSettings settings, FailureContext context) {
    this.server = server;
    this.context = context;
    this.call = settings.call(context);
  }

  BucketLoss of(ArtifactKind kind, String bucket) {
    if (!server.hasBucket(bucket, call)) {
      return BucketLoss.none(kind, bucket);
    }
    List<String> unknown = new ArrayList<>();
    List<String> settings = settings(bucket, unknown);
    long objects = 0;
    long bytes = 0;
    String after = "";
    boolean isMore = true;
    while (isMore) {
      Listing page = server.list(bucket, "", false, after, PAGE, call);
      List<Entry> entries = page.entries().stream().filter(LossSurvey::isMissed).toList();
      objects += entries.size();
      bytes += entries.stream().mapToLong(Entry::size).sum();
      after = page.last();
      isMore = page.isTruncated() && !after.isEmpty();
    }
    return new BucketLoss(
        kind, bucket, objects, ByteSize.of(bytes), settings, unknown, obstacle(bucket));
  }

  /** Throws if something would be lost without a confirmation, or cannot be destroyed at all. */
  void requireExpendable(String bucket, String confirmation) {
    obstacle(bucket)
        .ifPresent(
            reason -> {
              throw new StorageBucketException(context, reason);
            });
    if (confirmation.equals(bucket)) {
      return;
    }
    boolean isEmpty =
        server.list(bucket, "", false, "", 2, call).entries().stream()
            .noneMatch(LossSurvey::isMissed);
    List<String> settings = settings(bucket, new ArrayList<>());
    if (!isEmpty || !settings.isEmpty()) {
      String what = isEmpty ? "it has " + String.join(", ", settings) : "it is not empty";
      throw new StorageBucketException(
          context, what + "; to destroy that, confirm with the bucket's name");
    }
  }

  /** All but the lease of cleaners, which is taken again when it is needed. */
  private static boolean isMissed(Entry entry) {
    return !entry.key().equals(RemoteLease.KEY);
  }

  private Optional<String> obstacle(String bucket) {
    try {
      return Versions.in(server, bucket, call) == Versions.NONE
          ? Optional.empty()
          : Optional.of(OBSTACLE);
    } catch (StorageUnsupportedException e) {
      return Optional.empty(); // a server that knows no versions has kept none
    }
  }

  /** What is there besides objects, and is no work of taforge's. */
  private List<String> settings(String bucket, List<String> unknown) {
    List<String> found = new ArrayList<>();
    Outcome<Optional<String>> policy = Outcome.of(() -> server.policy(bucket, call));
    policy.answer().flatMap(text -> text).ifPresent(text -> found.add("a bucket policy"));
    Outcome<List<String>> rules =
        Outcome.of(() -> LifecycleRules.of(server.lifecycle(bucket, call), context).foreign());
    rules.answer().orElse(List.of()).forEach(id -> found.add("the lifecycle rule '" + id + "'"));
    Outcome<Integer> cors = Outcome.of(() -> server.corsRules(bucket, call));
    cors.answer().filter(count -> count > 0).ifPresent(count -> found.add(count + " CORS rules"));
    Outcome<Integer> uploads = Outcome.of(() -> server.openUploads(bucket, call).size());
    uploads
        .answer()
        .filter(count -> count > 0)
        .ifPresent(count -> found.add(count + " unfinished uploads"));
    note(policy, "a bucket policy", unknown);
    note(rules, "lifecycle rules", unknown);
    note(cors, "CORS rules", unknown);
    note(uploads, "unfinished uploads", unknown);
    return found;
  }

  private static void note(Outcome<?> outcome, String what, List<String> unknown) {
    if (!outcome.isAnswer()) {
      unknown.add(what);
    }
  }
}
