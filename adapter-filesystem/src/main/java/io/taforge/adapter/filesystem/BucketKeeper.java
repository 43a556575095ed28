package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageBucketException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

  /** Looks whether the bucket is there, and whether it can be read and written. */
  List<BucketCheck> verify(ArtifactKind kind) {
    List<BucketCheck> checks = new ArrayList<>();
    try (Folder bucket = root.open(List.of(buckets.of(kind)))) {
      checks.add(check(kind, "exists", Status.OK, ""));
      checks.add(attempt(kind, "readable", () -> bucket.forEachName(name -> {})));
      checks.add(attempt(kind, "writable", () -> tryOut(bucket)));
    } catch (NoSuchFileException | NotDirectoryException e) {
      checks.add(check(kind, "exists", Status.FAILED, "There is no such folder in " + root));
    } catch (IOException e) {
      checks.add(check(kind, "exists", Status.FAILED, String.valueOf(e.getMessage())));
    }
    return checks;
  }

  /** Whether something other than empty folders is in the bucket. */
  boolean isEmpty(ArtifactKind kind) throws IOException {
    Optional<Folder> found = root.find(List.of(buckets.of(kind)));
    if (found.isEmpty()) {
      return true;
    }
    try (Folder bucket = found.get()) {
      return holdsNothing(bucket);
    }
  }

  /** Removes the bucket and its records with all that is in them. */
  void remove(ArtifactKind kind) throws IOException {
    removeFolder(List.of(), buckets.of(kind));
    removeFolder(List.of(Place.PRIVATE, Place.RECORDS), buckets.of(kind));
  }

  BucketCheck check(ArtifactKind kind, String aspect, Status status, String detail) {
    return new BucketCheck(kind, buckets.of(kind), aspect, status, detail);
  }

  /** Something that may fail. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private BucketCheck attempt(ArtifactKind kind, String aspect, Attempt attempt) {
    try {
      attempt.run();
      return check(kind, aspect, Status.OK, "");
    } catch (IOException e) {
      return check(kind, aspect, Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static void tryOut(Folder bucket) throws IOException {
    String canary = ".taforge-canary-" + UUID.randomUUID();
    bucket.create(canary).close();
    bucket.delete(canary);
  }

  private static boolean holdsNothing(Folder folder) throws IOException {
    List<String> names = new ArrayList<>();
    folder.forEachName(names::add);
    for (String name : names) {
      try (Folder child = folder.open(name)) {
        if (!holdsNothing(child)) {
          return false;
        }
      } catch (NotDirectoryException e) {
        return false;
      }
    }
    return true;
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
