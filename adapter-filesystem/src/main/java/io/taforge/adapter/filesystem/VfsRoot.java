package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.commons.vfs2.FileObject;

/**
 * A root folder in a file system of Commons VFS, which is as durable as that file system is, and for
 * one process.
 */
final class VfsRoot implements Root {
  private static final String LOCK = "io.taforge.adapter.filesystem.lock";

  private static final Lock FINDING = new ReentrantLock();

  private final FileObject folder;
  private final ReadWriteLock lock;

  VfsRoot(FileObject folder) {
    this.folder = folder;
    this.lock = lockOf(folder);
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

  /** VFS removes what is in the way before it renames, so nobody may look meanwhile. */
  @Override
  public Pause pause(Access access) {
    Lock wanted = access == Access.REPLACING ? lock.writeLock() : lock.readLock();
    wanted.lock();
    return wanted::unlock;
  }

  @Override
  public String toString() {
    return folder.getPublicURIString();
  }

  /** All stores on one file system share a lock, which the file system itself carries. */
  private static ReadWriteLock lockOf(FileObject folder) {
    FINDING.lock();
    try {
      Object known = folder.getFileSystem().getAttribute(LOCK);
      if (known instanceof ReadWriteLock shared) {
        return shared;
      }
      ReadWriteLock made = new ReentrantReadWriteLock();
      folder.getFileSystem().setAttribute(LOCK, made);
      return made;
    } catch (IOException e) {
      return new ReentrantReadWriteLock(); // it has no attributes; each store is then on its own
    } finally {
      FINDING.unlock();
    }
  }
}
