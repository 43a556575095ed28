package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at one bucket that is a folder, with a file of its own that is gone afterwards. */
final class FolderInspection {
  private static final byte[] CONTENT = "taforge looks whether this can be kept".getBytes(UTF_8);

  /** All that a mode may say of a file that is for its owner: 0600. */
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Root root;
  private final ArtifactKind kind;
  private final String bucket;
  private final String canary = ".taforge-canary-" + Workshop.unique();
  private final List<BucketCheck> checks = new ArrayList<>();

  FolderInspection(Root root, ArtifactKind kind, String bucket) {
    this.root = root;
    this.kind = kind;
    this.bucket = bucket;
  }

  /** What was found, in the words of {@link BucketCheck}. */
  List<BucketCheck> all() {
    try (Folder folder = root.open(List.of(bucket))) {
      add("exists", Status.OK, "");
      content(folder);
      permissions();
    } catch (NoSuchFileException | NotDirectoryException e) {
      add("exists", Status.FAILED, "There is no such folder in " + root);
    } catch (IOException e) {
      add("exists", Status.FAILED, String.valueOf(e.getMessage()));
    }
    return checks;
  }

  /** Something that may fail, and says what is wrong; empty if nothing is. */
  @FunctionalInterface
  private interface Attempt {
    Optional<String> run() throws IOException;
  }

  private boolean attempt(String aspect, Attempt attempt) {
    Optional<String> wrong;
    try {
      wrong = attempt.run();
    } catch (IOException e) {
      wrong = Optional.of(String.valueOf(e.getMessage()));
    }
    add(aspect, wrong.isEmpty() ? Status.OK : Status.FAILED, wrong.orElse(""));
    return wrong.isEmpty();
  }

  private void content(Folder folder) {
    boolean isWritten = attempt("writable", () -> write(folder));
    if (isWritten) {
      attempt("readable", () -> read(folder));
    } else {
      add("readable", Status.UNKNOWN, "Nothing can be written to look at that");
    }
    attempt("listable", () -> list(folder, isWritten));
    if (isWritten) {
      attempt("deletable", () -> delete(folder));
    } else {
      add("deletable", Status.UNKNOWN, "Nothing can be written to look at that");
    }
  }

  /** On a full disk a file can be made and not written. */
  private Optional<String> write(Folder folder) throws IOException {
    boolean isWritten = false;
    try (Folder.NewFile file = folder.create(canary)) {
      file.write(CONTENT, 0, CONTENT.length);
      isWritten = true;
    } finally {
      if (!isWritten) {
        folder.delete(canary);
      }
    }
    return Optional.empty();
  }

  private Optional<String> read(Folder folder) throws IOException {
    try (InputStream file = folder.read(canary, 0)) {
      return Arrays.equals(file.readNBytes(CONTENT.length + 1), CONTENT)
          ? Optional.empty()
          : Optional.of("Something else comes back than was stored");
    }
  }

  private Optional<String> list(Folder folder, boolean isWritten) throws IOException {
    Set<String> names = new HashSet<>();
    folder.forEachName(
        name -> {
          if (name.equals(canary)) {
            names.add(name);
          }
        });
    return isWritten && names.isEmpty()
        ? Optional.of("What was just stored is not listed")
        : Optional.empty();
  }

  private Optional<String> delete(Folder folder) throws IOException {
    return folder.delete(canary)
        ? Optional.empty()
        : Optional.of("What was just stored is gone already");
  }

  private void permissions() throws IOException {
    if (root.permissions(List.of()).isPresent()) {
      attempt("modes", this::modes);
      attempt("link-key", this::linkKey);
    } else {
      add("modes", Status.UNKNOWN, "Files have no modes here");
      add("link-key", Status.UNKNOWN, "Files have no modes here");
    }
  }

  /** Whoever may write to a folder may put anything in the place of what is there. */
  private Optional<String> modes() throws IOException {
    List<List<String>> folders = List.of(List.of(), List.of(Place.PRIVATE), List.of(bucket));
    for (List<String> each : folders) {
      boolean isOpen =
          root.permissions(each)
              .filter(may -> may.contains(PosixFilePermission.OTHERS_WRITE))
              .isPresent();
      if (isOpen) {
        return Optional.of("Everybody may write to the folder " + path(each));
      }
    }
    return Optional.empty();
  }

  private Optional<String> linkKey() throws IOException {
    return root.permissions(LinkFile.PATH)
        .filter(may -> !OWNERS.containsAll(may))
        .map(
            may ->
                "The mode of "
                    + path(LinkFile.PATH)
                    + " is "
                    + PosixFilePermissions.toString(may)
                    + " and should be rw-------");
  }

  private String path(List<String> below) {
    return below.isEmpty() ? root.toString() : root + "/" + String.join("/", below);
  }

  private void add(String aspect, Status status, String detail) {
    checks.add(new BucketCheck(kind, bucket, aspect, status, detail));
  }
}
