package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.storage.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an artifact is within the root.
 *
 * @param bucket the folder of its bucket
 * @param folders the folders from the bucket to its file
 * @param name of its file, and of its record
 */
record Place(String bucket, List<String> folders, String name) {
  /** The folder below the root that holds everything but content. */
  static final String PRIVATE = ".taforge";

  static final String RECORDS = "records";

  static Place of(Buckets buckets, Artifact artifact) {
    List<String> segments = List.of(artifact.key().value().split("/"));
    int last = segments.size() - 1;
    return new Place(buckets.of(artifact.kind()), segments.subList(0, last), segments.get(last));
  }

  /** The folder of the content file, from the root. */
  List<String> contentFolder() {
    return below(List.of(bucket));
  }

  /** The folder of the record, from the root. */
  List<String> recordFolder() {
    return below(recordsOf(bucket));
  }

  /** The folder of all records of a bucket, from the root. */
  static List<String> recordsOf(String bucket) {
    return List.of(PRIVATE, RECORDS, bucket);
  }

  private List<String> below(List<String> top) {
    List<String> path = new ArrayList<>(top);
    path.addAll(folders);
    return path;
  }
}
