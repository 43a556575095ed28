package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What all stores of this process on one root have in common when they write: locks and a workshop.
 * It is made by the first writer and removed with the last store that used it.
 */
final class WriterSpace {
  private static final String LOCKS = "locks";
  private static final ReentrantLock REGISTRY_LOCK = new ReentrantLock();
  private static final Map<Object, WriterSpace> REGISTRY = new HashMap<>();

  private final Object identity;
  private final KeyLocks locks;
  private final Workshop workshop;
  private int users;

  private WriterSpace(Object identity, KeyLocks locks, Workshop workshop) {
    this.identity = identity;
    this.locks = locks;
    this.workshop = workshop;
  }

  /** The space for this root; to be {@link #release released} as often as it was acquired. */
  static WriterSpace acquire(Root root) throws IOException {
    Object identity = root.identity();
    REGISTRY_LOCK.lock();
    try {
      WriterSpace space = REGISTRY.get(identity);
      if (space == null) {
        space = open(root, identity);
        REGISTRY.put(identity, space);
      }
      space.users++;
      return space;
    } finally {
      REGISTRY_LOCK.unlock();
    }
  }

  /** The workshops of this process, on whatever root. */
  static Set<String> owners() {
    REGISTRY_LOCK.lock();
    try {
      return REGISTRY.values().stream()
          .map(space -> space.workshop.owner())
          .collect(Collectors.toSet());
    } finally {
      REGISTRY_LOCK.unlock();
    }
  }

  /** Gives back one use. */
  void release() throws IOException {
    REGISTRY_LOCK.lock();
    try {
      users--;
      if (users == 0) {
        REGISTRY.remove(identity);
        try {
          workshop.close();
        } finally {
          locks.close();
        }
      }
    } finally {
      REGISTRY_LOCK.unlock();
    }
  }

  /** Whether this is the space of the folder that the root is now; it may have been replaced. */
  boolean isOf(Root root) throws IOException {
    return identity.equals(root.identity());
  }

  KeyLocks locks() {
    return locks;
  }

  Workshop workshop() {
    return workshop;
  }

  private static WriterSpace open(Root root, Object identity) throws IOException {
    Optional<FileChannel> file;
    try (Folder folder = root.openOrCreate(List.of(Place.PRIVATE), false)) {
      file = folder.openLockFile(LOCKS);
    }
    KeyLocks locks = new KeyLocks(file);
    try (KeyLocks.Held held = locks.lockHousekeeping()) {
      return new WriterSpace(identity, locks, Workshop.open(root));
    } catch (IOException | RuntimeException e) {
      locks.close();
      throw e;
    }
  }
}
