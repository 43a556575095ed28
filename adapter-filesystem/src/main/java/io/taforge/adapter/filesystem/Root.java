package io.taforge.adapter.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The root folder of a store, and the ways down from it; closed with the store. */
interface Root extends Closeable {
  /** Opens the folder itself. */
  Folder open() throws IOException;

  /** Makes the folder, and those above it, if need be. */
  void create() throws IOException;

  /** Tells whether two roots are the same folder. */
  Object identity() throws IOException;

  /** What somebody is about to do. */
  enum Access {
    /** To look at files, or open them. */
    LOOKING,
    /** To put files in the place of others, or remove them. */
    REPLACING
  }

  /** A pause of others' access, until it is closed. */
  interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  /** Pauses whom the access would disturb: nobody, where a rename replaces a file in one step. */
  default Pause pause(Access access) {
    return () -> {};
  }

  /** Whether {@link Folder#sync} brings anything to a disk. */
  boolean isDurable();

  /** Whether {@link Folder#createPrivate} keeps anything from anybody. */
  boolean keepsSecrets();

  /**
   * Who may do what with the file or folder at this path below the root; empty where nothing is
   * said of that, or nothing is there.
   */
  default Optional<Set<PosixFilePermission>> permissions(List<String> path) throws IOException {
    return Optional.empty();
  }

  /** Opens the folder at this path below the root; the caller closes it. */
  default Folder open(List<String> path) throws IOException {
    Folder folder = open();
    for (String name : path) {
      try (Folder parent = folder) {
        folder = parent.open(name);
      }
    }
    return folder;
  }

  /** Like {@link #open(List)}; empty if there is no such folder, or something else in its place. */
  default Optional<Folder> find(List<String> path) throws IOException {
    try {
      return Optional.of(open(path));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  /** Opens the folder at this path, made with all above it if need be, and durably so. */
  default Folder openOrCreate(List<String> path, boolean isDurable) throws IOException {
    Optional<Folder> there = find(path);
    if (there.isPresent()) {
      return there.get();
    }
    Folder folder = open();
    for (String name : path) {
      try (Folder parent = folder) {
        folder = openOrCreate(parent, name, isDurable);
      }
    }
    return folder;
  }

  private static Folder openOrCreate(Folder parent, String name, boolean isDurable)
      throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      try {
        return parent.open(name);
      } catch (NoSuchFileException e) {
        if (parent.createFolder(name) && isDurable) {
          parent.sync();
        }
      }
    }
    throw new FileSystemException(name, null, "the folder disappears as soon as it is made");
  }

  /** Gives back what is only held to be faster, because something may be short of it. */
  default void letGo() {}

  /** Holds nothing any more to be faster; what was opened stays open, and more can be. */
  @Override
  default void close() {}
}
