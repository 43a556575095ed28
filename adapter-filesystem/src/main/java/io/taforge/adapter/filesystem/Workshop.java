package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder in which a process writes what is not yet to be seen. A lock on a file in it tells
 * other processes that its owner is alive; the system drops the lock when the owner dies, however
 * it dies, and then anybody may sweep the folder.
 */
final class Workshop {
  /** What folders are called that are about to be renamed into their place. */
  static final String FRESH_FOLDER_PREFIX = ".taforge-fresh-";

  private static final String WORK = "work";
  private static final String ALIVE = "alive";

  private final Root root;
  private final String owner;
  private final Optional<FileChannel> alive;

  private Workshop(Root root, String owner, Optional<FileChannel> alive) {
    this.root = root;
    this.owner = owner;
    this.alive = alive;
  }

  /** Makes a folder for this process; to be called under the housekeeping lock. */
  static Workshop open(Root root) throws IOException {
    String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    try (Folder folder = root.openOrCreate(List.of(Place.PRIVATE, WORK, owner), false)) {
      Optional<FileChannel> alive = folder.openLockFile(ALIVE);
      if (alive.isPresent() && alive.get().tryLock() == null) {
        throw new IOException("another process has locked the new folder " + owner);
      }
      return new Workshop(root, owner, alive);
    }
  }

  /** The folder to write in; the caller closes it. */
  Folder folder() throws IOException {
    return root.open(List.of(Place.PRIVATE, WORK, owner));
  }

  /** A name that nothing has. */
  String newName() {
    return UUID.randomUUID() + ".part";
  }

  /** Removes the folder, in which nobody writes any more. */
  void close() throws IOException {
    if (alive.isPresent()) {
      alive.get().close();
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
    List<String> others = new ArrayList<>();
    boolean isAnyDead = false;
    try (Folder all = root.open(List.of(Place.PRIVATE, WORK))) {
      all.forEachName(others::add);
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

  /** What has been begun by anybody and is not finished, for a look from outside. */
  private void removeFreshFolders() throws IOException {
    List<String> names = new ArrayList<>();
    try (Folder top = root.open()) {
      top.forEachName(names::add);
      for (String name : names) {
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
    List<String> names = new ArrayList<>();
    try (Folder folder = all.open(owner)) {
      folder.forEachName(names::add);
      for (String name : names) {
        folder.delete(name);
      }
    }
    all.deleteFolder(owner);
  }
}
