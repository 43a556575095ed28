package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder in which a process writes what is not yet to be seen. A lock on a file in it tells
 * other processes that its owner is alive; the system drops the lock when the owner dies, however
 * it dies, and then anybody may sweep the folder.
 */
final class Workshop {
  /** What folders are called that are about to be renamed into their place. */
  static final String FRESH_FOLDER_PREFIX = ".taforge-fresh-";

  /** Of this process; it is no secret, and takes no system call that could fail. */
  private static final String ORIGIN =
      Long.toHexString(new SplittableRandom().nextLong()) + "-" + ProcessHandle.current().pid();

  private static final AtomicLong COUNT = new AtomicLong();
  private static final String WORK = "work";
  private static final String ALIVE = "alive";

  private final Root root;
  private final String owner;
  private final Optional<FileLock> alive;

  private Workshop(Root root, String owner, Optional<FileLock> alive) {
    this.root = root;
    this.owner = owner;
    this.alive = alive;
  }

  /** Makes a folder for this process; to be called under the housekeeping lock. */
  static Workshop open(Root root) throws IOException {
    String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    try (Folder folder = root.openOrCreate(List.of(Place.PRIVATE, WORK, owner), false)) {
      Optional<FileChannel> alive = folder.openLockFile(ALIVE);
      return new Workshop(
          root,
          owner,
          alive.isPresent() ? Optional.of(lock(alive.get(), owner)) : Optional.empty());
    }
  }

  /** Locks it, or closes it. */
  private static FileLock lock(FileChannel alive, String owner) throws IOException {
    FileLock lock = null;
    try {
      lock = alive.tryLock();
    } finally {
      if (lock == null) {
        alive.close();
      }
    }
    if (lock == null) {
      throw new IOException("another process has locked the new folder " + owner);
    }
    return lock;
  }

  /** The folder to write in; the caller closes it. */
  Folder folder() throws IOException {
    return root.open(List.of(Place.PRIVATE, WORK, owner));
  }

  /** A name that nothing has, of a file for an artifact at this place. */
  String newName(Place place) {
    return place.folders().get(0) + "-" + newName();
  }

  /** A name that nothing has. */
  String newName() {
    return unique() + ".part";
  }

  /** A name that nothing has, of a folder that is about to be renamed. */
  static String newFolderName() {
    return FRESH_FOLDER_PREFIX + unique();
  }

  /** A text that nothing has. */
  static String unique() {
    return ORIGIN + "-" + COUNT.incrementAndGet();
  }

  /** What kind of artifact a file of this name was for; what was for none counts as a sample. */
  static ArtifactKind kindOf(String name) {
    return Arrays.stream(ArtifactKind.values())
        .filter(kind -> name.startsWith(kind.folder().replace("/", "-")))
        .findFirst()
        .orElse(ArtifactKind.LOG_SAMPLE);
  }

  /** What others call this folder. */
  String owner() {
    return owner;
  }

  /** Removes the folder, in which nobody writes any more. */
  void close() throws IOException {
    if (alive.isPresent()) {
      try (Channel file = alive.get().acquiredBy()) {
        KeyLocks.release(alive.get());
      }
    }
    Optional<Folder> work = root.find(List.of(Place.PRIVATE, WORK));
    if (work.isPresent()) {
      try (Folder all = work.get()) {
        remove(all, owner);
      }
    }
  }

  /**
   * Removes what processes left that are no more; to be called under the housekeeping lock.
   *
   * @return whether there was any such process
   */
  boolean sweep() throws IOException {
    boolean isAnyDead = false;
    try (Folder all = root.open(List.of(Place.PRIVATE, WORK))) {
      List<String> others = names(all);
      others.remove(owner);
      for (String other : others) {
        if (isDead(all, other)) {
          remove(all, other);
          isAnyDead = true;
        }
      }
    }
    if (isAnyDead) {
      removeFreshFolders();
    }
    return isAnyDead;
  }

  /** Whether the process is still there that has this folder; under the housekeeping lock. */
  boolean isAlive(String other) throws IOException {
    if (other.equals(owner)) {
      return true;
    }
    try (Folder all = root.open(List.of(Place.PRIVATE, WORK))) {
      return names(all).contains(other) && !isDead(all, other);
    }
  }

  /**
   * A file that a process has left which is no more.
   *
   * @param owner its folder
   * @param name the file
   * @param facts what is known of it
   */
  record Abandoned(String owner, String name, FileFacts facts) {}

  /**
   * Files of processes that are no more. This may be called at any time: who has written anything
   * has locked his folder before.
   *
   * @param living the folders of this process
   */
  static List<Abandoned> abandoned(Root root, Set<String> living) throws IOException {
    List<Abandoned> found = new ArrayList<>();
    Optional<Folder> work = root.find(List.of(Place.PRIVATE, WORK));
    if (work.isEmpty()) {
      return found;
    }
    try (Folder all = work.get()) {
      for (String other : names(all)) {
        if (!living.contains(other)) {
          found.addAll(abandoned(all, other));
        }
      }
    }
    return found;
  }

  private static List<Abandoned> abandoned(Folder all, String owner) throws IOException {
    List<Abandoned> files = new ArrayList<>();
    try (Folder folder = all.open(owner)) {
      for (String name : names(folder)) {
        if (!name.equals(ALIVE)) {
          folder.facts(name).ifPresent(facts -> files.add(new Abandoned(owner, name, facts)));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // swept just now, or nobody's
    }
    return files.isEmpty() || !isDead(all, owner) ? List.of() : files;
  }

  /**
   * Removes such a file, and the folder with its last one; to be called under the housekeeping
   * lock.
   *
   * @return whether it was there, and its process is no more
   */
  boolean removeAbandoned(String other, String name) throws IOException {
    try (Folder all = root.open(List.of(Place.PRIVATE, WORK))) {
      if (other.equals(owner) || !names(all).contains(other) || !isDead(all, other)) {
        return false;
      }
      try (Folder folder = all.open(other)) {
        boolean isRemoved =
            !name.equals(ALIVE) && names(folder).contains(name) && folder.delete(name);
        if (names(folder).equals(List.of(ALIVE))) {
          folder.delete(ALIVE);
        }
        return isRemoved;
      } finally {
        all.deleteFolder(other); // if it is empty
      }
    }
  }

  private static List<String> names(Folder folder) throws IOException {
    List<String> names = new ArrayList<>();
    folder.forEachName(names::add);
    return names;
  }

  /** What has been begun by anybody and is not finished, for a look from outside. */
  private void removeFreshFolders() throws IOException {
    try (Folder top = root.open()) {
      for (String name : names(top)) {
        if (name.startsWith(FRESH_FOLDER_PREFIX)) {
          top.deleteFolder(name); // at worst that of a living process, which makes another
        }
      }
    }
  }

  private static boolean isDead(Folder all, String other) throws IOException {
    try (Folder folder = all.open(other)) {
      Optional<FileChannel> file = folder.openLockFile(ALIVE);
      if (file.isEmpty()) {
        return false; // no other process can be here
      }
      try (FileChannel channel = file.get();
          FileLock lock = channel.tryLock()) {
        return lock != null;
      } catch (OverlappingFileLockException e) {
        return false; // it is this very process, under another class loader
      }
    }
  }

  private static void remove(Folder all, String owner) throws IOException {
    try (Folder folder = all.open(owner)) {
      for (String name : names(folder)) {
        folder.delete(name);
      }
    }
    all.deleteFolder(owner);
  }
}
