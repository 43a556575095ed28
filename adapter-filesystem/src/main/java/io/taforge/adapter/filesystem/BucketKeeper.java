package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageBucketException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, checks and empties the folders that are the buckets. */
final class BucketKeeper {
  private final Root root;
  private final Buckets buckets;
  private final boolean isDurable;

  BucketKeeper(Root root, Buckets buckets, boolean isDurable) {
    this.root = root;
    this.buckets = buckets;
    this.isDurable = isDurable;
  }

  /** Says so if a bucket is missing. */
  void require(ArtifactKind kind, FailureContext context) throws IOException {
    try {
      root.open(List.of(buckets.of(kind))).close();
    } catch (NoSuchFileException e) {
      throw new StorageBucketException(
          context, "there is no bucket " + buckets.of(kind) + " in " + root, e);
    } catch (NotDirectoryException e) {
      throw new StorageBucketException(
          context, "the bucket " + buckets.of(kind) + " in " + root + " is not a folder", e);
    }
  }

  /** Makes the bucket if it is missing. */
  BucketCheck create(ArtifactKind kind) throws IOException {
    try (Folder top = root.open()) {
      boolean isNew = top.createFolder(buckets.of(kind));
      if (isNew && isDurable) {
        top.sync();
      }
      return check(kind, "exists", isNew ? Status.CREATED : Status.OK, "");
    }
  }

  /** Looks at the bucket; what it needs for that is gone afterwards. */
  List<BucketCheck> verify(ArtifactKind kind) {
    return new FolderInspection(root, kind, buckets.of(kind)).all();
  }

  /** What is in the bucket; folders are nothing. */
  BucketLoss loss(ArtifactKind kind) throws IOException {
    long[] total = {0, 0};
    Optional<Folder> found = root.find(List.of(buckets.of(kind)));
    if (found.isPresent()) {
      try (Folder bucket = found.get()) {
        count(bucket, total);
      }
    }
    return BucketLoss.ofObjects(kind, buckets.of(kind), total[0], total[1]);
  }

  /** Removes the bucket and its records with all that is in them. */
  void remove(ArtifactKind kind) throws IOException {
    removeFolder(List.of(), buckets.of(kind));
    removeFolder(List.of(Place.PRIVATE, Place.RECORDS), buckets.of(kind));
  }

  BucketCheck check(ArtifactKind kind, String aspect, Status status, String detail) {
    return new BucketCheck(kind, buckets.of(kind), aspect, status, detail);
  }

  /** How many files there are, and how many bytes in all of them; a link counts, too. */
  private static void count(Folder folder, long[] total) throws IOException {
    List<String> names = new ArrayList<>();
    folder.forEachName(names::add);
    for (String name : names) {
      try (Folder child = folder.open(name)) {
        count(child, total);
      } catch (NotDirectoryException e) {
        total[0]++;
        total[1] += folder.facts(name).map(FileFacts::size).orElse(0L);
      } catch (NoSuchFileException e) {
        // it is gone meanwhile
      }
    }
  }

  private void removeFolder(List<String> parent, String name) throws IOException {
    Optional<Folder> found = root.find(parent);
    if (found.isPresent()) {
      try (Folder folder = found.get()) {
        removeFolder(folder, name);
      }
    }
  }

  private static void removeFolder(Folder parent, String name) throws IOException {
    List<String> names = new ArrayList<>();
    try (Folder folder = parent.open(name)) {
      folder.forEachName(names::add);
      for (String each : names) {
        try {
          removeFolder(folder, each);
        } catch (NotDirectoryException e) {
          folder.delete(each);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    }
    parent.deleteFolder(name);
  }
}
