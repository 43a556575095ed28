package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.Buckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What somebody does with the buckets on a server, and the least that S3 must allow for it. */
enum PolicyRole {
  /** Downloads what has a known key. */
  READER(List.of(), List.of("GetObject")),
  /** Lists and counts. */
  LISTER(List.of("ListBucket", "GetBucketLocation", "ListBucketMultipartUploads"), List.of()),
  /** Lists, downloads and uploads; deletes nothing, but replaces. */
  WRITER(
      List.of("ListBucket", "GetBucketLocation", "ListBucketMultipartUploads"),
      List.of(
          "GetObject",
          "GetObjectTagging",
          "PutObject",
          "PutObjectTagging",
          "AbortMultipartUpload",
          "ListMultipartUploadParts")),
  /** Lists, deletes, clears away uploads that nobody completes, and takes the lease for that. */
  JANITOR(
      List.of(
          "ListBucket",
          "GetBucketLocation",
          "ListBucketMultipartUploads",
          "GetLifecycleConfiguration",
          "PutLifecycleConfiguration"),
      List.of(
          "GetObject",
          "GetObjectLegalHold",
          "GetObjectRetention",
          "DeleteObject",
          "AbortMultipartUpload"),
      List.of("GetObject", "PutObject", "DeleteObject")),
  /** Signs links for uploads; on servers that obey what strangers add, it should do no more. */
  UPLOADER(List.of(), List.of("PutObject"));

  private static final String ARN = "arn:aws:s3:::";

  private final List<String> onBuckets;
  private final List<String> onObjects;
  private final List<String> onOwn;

  PolicyRole(List<String> onBuckets, List<String> onObjects) {
    this(onBuckets, onObjects, List.of());
  }

  PolicyRole(List<String> onBuckets, List<String> onObjects, List<String> onOwn) {
    this.onBuckets = onBuckets;
    this.onObjects = onObjects;
    this.onOwn = onOwn;
  }

  /** The policy for an identity; whose it is, is said by whom it is attached to. */
  Map<String, Object> policy(Buckets buckets) {
    List<Map<String, Object>> statements = new ArrayList<>();
    if (!onBuckets.isEmpty()) {
      statements.add(allow("TaforgeBuckets", onBuckets, all(kind -> ARN + buckets.of(kind))));
    }
    if (!onObjects.isEmpty()) {
      statements.add(
          allow(
              "TaforgeObjects",
              onObjects,
              all(kind -> ARN + buckets.of(kind) + "/" + kind.folder() + "*")));
    }
    if (!onOwn.isEmpty()) {
      // the lease, and what is tried out
      statements.add(allow("TaforgeOwn", onOwn, List.of(ARN + buckets.samples() + "/.taforge/*")));
    }
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", statements);
    return policy;
  }

  /** As it is written in a command. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> all(Function<ArtifactKind, String> resource) {
    return Arrays.stream(ArtifactKind.values()).map(resource).toList();
  }

  private static Map<String, Object> allow(
      String name, List<String> actions, List<String> resources) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", name);
    statement.put("Effect", "Allow");
    statement.put("Action", actions.stream().map(each -> "s3:" + each).toList());
    statement.put("Resource", resources);
    return statement;
  }
}
