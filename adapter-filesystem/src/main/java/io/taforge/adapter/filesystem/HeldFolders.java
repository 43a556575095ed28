package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The folders below a root that were used last, held open, because operations go down the same ones
 * again and again, and opening one takes seven system calls. A folder is only used again if its
 * name, which is looked at in the folder above and not followed, still is that very folder; that
 * takes one call, and what is held open cannot be mistaken for another. So this opens what opening
 * all of them anew would.
 */
final class HeldFolders {
  private static final int MOST = 24;

  private final Path root;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<List<String>, SecureFolder> held = new LinkedHashMap<>(MOST, 0.75f, true);
  private boolean isClosed;

  HeldFolders(Path root) {
    this.root = root;
  }

  /**
   * Opens the folder at this path; the caller closes it.
   *
   * @throws NoSuchFileException if there is nothing there
   * @throws NotDirectoryException if something on the way is no folder, or a link
   */
  SecureFolder open(List<String> path) throws IOException {
    SecureFolder folder = openRoot();
    for (int depth = 1; depth <= path.size(); depth++) {
      try (SecureFolder parent = folder) {
        folder = open(parent, path.subList(0, depth));
      }
    }
    return folder;
  }

  private SecureFolder openRoot() throws IOException {
    BasicFileAttributes now = Files.readAttributes(root, BasicFileAttributes.class);
    Optional<SecureFolder> known = known(List.of(), folder -> folder.is(now));
    return known.isPresent() ? known.get() : keep(List.of(), SecureFolder.openRoot(root));
  }

  private SecureFolder open(SecureFolder parent, List<String> path) throws IOException {
    Optional<SecureFolder> known = known(path, parent::leadsTo);
    return known.isPresent() ? known.get() : keep(path, parent.open(path.get(path.size() - 1)));
  }

  /** Whether a folder is what its path leads to. */
  @FunctionalInterface
  private interface Look {
    boolean finds(SecureFolder folder) throws IOException;
  }

  private Optional<SecureFolder> known(List<String> path, Look look) throws IOException {
    Optional<SecureFolder> known = known(path);
    boolean isStill = false;
    try {
      isStill = known.isPresent() && look.finds(known.get());
      return isStill ? known : Optional.empty();
    } finally {
      if (!isStill) {
        known.ifPresent(SecureFolder::close);
      }
    }
  }

  private Optional<SecureFolder> known(List<String> path) {
    lock.lock();
    try {
      return Optional.ofNullable(held.get(path)).map(SecureFolder::shared);
    } finally {
      lock.unlock();
    }
  }

  private SecureFolder keep(List<String> path, SecureFolder fresh) {
    lock.lock();
    try {
      if (!isClosed) {
        release(held.put(List.copyOf(path), fresh.shared()));
        if (held.size() > MOST) {
          release(held.remove(held.keySet().iterator().next()));
        }
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private static void release(@Nullable SecureFolder folder) {
    if (folder != null) {
      folder.close();
    }
  }

  /** Closes what is held; who has opened some of that can go on with it. */
  void letGo() {
    lock.lock();
    try {
      held.values().forEach(SecureFolder::close);
      held.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go, and holds nothing any more. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      letGo();
    } finally {
      lock.unlock();
    }
  }
}
