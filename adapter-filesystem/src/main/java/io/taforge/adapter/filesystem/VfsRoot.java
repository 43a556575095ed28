package io.taforge.adapter.filesystem;

import io.taforge.storage.Masked;
import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystem;

/**
 * A root folder in a file system of Commons VFS, which is as durable as that file system is, and
 * for one process.
 */
final class VfsRoot implements Root {
  /** All stores on one file system share a lock, for as long as there is that file system. */
  private static final Map<FileSystem, Lock> LOCKS = new WeakHashMap<>();

  private static final Lock FINDING = new ReentrantLock();

  private final FileObject folder;
  private final Lock lock;

  VfsRoot(FileObject folder) {
    this.folder = folder;
    this.lock = lockOf(folder.getFileSystem());
  }

  @Override
  public Folder open() throws IOException {
    return VfsFolder.openRoot(folder);
  }

  @Override
  public void create() throws IOException {
    folder.createFolder();
  }

  @Override
  public Object identity() {
    return folder;
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public boolean keepsSecrets() {
    return false;
  }

  /**
   * VFS removes what is in the way before it renames, so nobody may look meanwhile; and those who
   * look at the same file disturb each other, because VFS gives them the same object.
   */
  @Override
  public Pause pause(Access access) {
    lock.lock();
    return lock::unlock;
  }

  @Override
  public String toString() {
    return Masked.location(folder.getPublicURIString());
  }

  private static Lock lockOf(FileSystem files) {
    FINDING.lock();
    try {
      return LOCKS.computeIfAbsent(files, unknown -> new ReentrantLock());
    } finally {
      FINDING.unlock();
    }
  }
}
