package io.taforge.adapter.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An open folder. Everything is done by name within it, and no name is followed if it is a link.
 * Names are segments of {@link io.taforge.artifact.ArtifactKey}s or the adapter's own.
 */
interface Folder extends Closeable {
  /**
   * Opens a folder within.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing of that name
   * @throws java.nio.file.NotDirectoryException if it is no folder, or a link
   */
  Folder open(String name) throws IOException;

  /** Makes a folder within; false if there is one already. */
  boolean createFolder(String name) throws IOException;

  /** What is known of a regular file within; empty if there is none, or it is something else. */
  Optional<FileFacts> facts(String name) throws IOException;

  /**
   * Opens a regular file within for reading.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing of that name
   */
  InputStream read(String name, long offset) throws IOException;

  /** Makes a new file within. */
  NewFile create(String name) throws IOException;

  /** Makes a new file within that nobody but its owner may read, where files have owners. */
  NewFile createPrivate(String name) throws IOException;

  /** Sets a file's modification time; the facts tell what the file system has made of it. */
  void setModified(String name, Instant time) throws IOException;

  /** Renames a file within to another folder of the same tree, replacing what is there. */
  void move(String name, Folder target, String newName) throws IOException;

  /** Removes a file or link within; false if there is none. */
  boolean delete(String name) throws IOException;

  /** Removes an empty folder within; false if it is not empty, or not there. */
  boolean deleteFolder(String name) throws IOException;

  /** Tells all names within, in no order, and none that is not valid Unicode. */
  void forEachName(Consumer<String> consumer) throws IOException;

  /** Brings what was renamed, made and removed here to the disk. */
  void sync() throws IOException;

  /** Brings a file within, its modification time included, to the disk. */
  void sync(String name) throws IOException;

  /**
   * Opens a file within, made if need be, that processes lock; empty where there is no such thing.
   */
  Optional<FileChannel> openLockFile(String name) throws IOException;

  @Override
  void close();

  /** A file that is being written. */
  interface NewFile extends Closeable {
    /** Writes so many bytes of a buffer, from an offset on. */
    void write(byte[] buffer, int offset, int count) throws IOException;

    /** Sets its modification time; nothing is written after that. */
    void setModified(Instant time) throws IOException;

    /**
     * Brings what has been written, the modification time included, to the disk; another thread may
     * go on writing meanwhile.
     */
    void sync() throws IOException;
  }
}
