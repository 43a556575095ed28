package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the machine, held open, so that whatever is done within it happens there even if
 * somebody swaps a link into the path meanwhile ({@code openat}, {@code renameat} and their kin).
 */
final class SecureFolder implements Folder {
  private static final Path SELF = Path.of(".");
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> LOCK =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final int ATTEMPTS = 100;
  private static final boolean IS_SUPPORTED = canHoldFoldersOpen();

  private final Path root;
  private final Path name;
  private final SecureDirectoryStream<Path> stream;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile @Nullable Object identity;

  private SecureFolder(Path root, Path name, SecureDirectoryStream<Path> stream) {
    this.root = root;
    this.name = name;
    this.stream = stream;
  }

  /** Opens the root of a tree, which is trusted; links on the way to it are followed. */
  @SuppressWarnings("StreamResourceLeak") // it stays open as long as this folder
  static SecureFolder openRoot(Path root) throws IOException {
    return new SecureFolder(
        root, SELF, (SecureDirectoryStream<Path>) Files.newDirectoryStream(root));
  }

  /** Whether the platform can hold folders open, as Linux and most other Unixes can. */
  static boolean isSupported() {
    return IS_SUPPORTED;
  }

  private static boolean canHoldFoldersOpen() {
    Path anyFolder = Path.of(System.getProperty("java.io.tmpdir", "."));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(anyFolder)) {
      return stream instanceof SecureDirectoryStream<Path>;
    } catch (IOException e) {
      return System.getProperty("os.name", "").startsWith("Linux");
    }
  }

  /** This folder for one user more, who closes it, too. */
  SecureFolder shared() {
    users.incrementAndGet();
    return this;
  }

  /** Whether these are the attributes of this folder. */
  boolean is(BasicFileAttributes found) throws IOException {
    return found.isDirectory() && identity().equals(found.fileKey());
  }

  /** Whether that folder still is what the name it was opened by leads to. */
  boolean leadsTo(SecureFolder folder) throws IOException {
    try {
      return folder.is(attributes(folder.name).readAttributes());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** It stays the same, and no other folder gets it, while this one is open. */
  private Object identity() throws IOException {
    Object known = identity;
    if (known == null) {
      known = stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
      identity = known;
    }
    return known;
  }

  @Override
  public SecureFolder open(String name) throws IOException {
    Path path = Names.path(name);
    try {
      return new SecureFolder(
          root, path, stream.newDirectoryStream(path, LinkOption.NOFOLLOW_LINKS));
    } catch (FileSystemException e) {
      throw isSomethingElse(name) ? new NotDirectoryException(name) : e;
    }
  }

  /**
   * Java has no {@code mkdirat}: a folder is made directly below the root, where no link can divert
   * it, and then renamed into its place. If several do that at once, all may be told that they have
   * made it, since a folder replaces an empty one; in the root itself, one is.
   */
  @Override
  public boolean createFolder(String name) throws IOException {
    if (isFolder(name)) {
      return false;
    }
    if (this.name.equals(SELF)) {
      return new PathFolder(root).createFolder(name);
    }
    Path fresh = Path.of(Workshop.newFolderName());
    try (SecureFolder top = openRoot(root)) {
      Files.createDirectory(root.resolve(fresh));
      boolean isMoved = false;
      try {
        isMoved = moveUnlessPresent(top.stream, fresh, name);
        return isMoved;
      } finally {
        if (!isMoved) {
          top.stream.deleteDirectory(fresh);
        }
      }
    }
  }

  /** Others may make the same folder at this moment, fill it, empty it and remove it. */
  private boolean moveUnlessPresent(SecureDirectoryStream<Path> top, Path fresh, String name)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        top.move(fresh, stream, Names.path(name));
        return true;
      } catch (NoSuchFileException e) {
        throw e; // this folder itself has gone
      } catch (FileSystemException e) {
        if (isFolder(name)) {
          return false; // somebody else was faster
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public Optional<FileFacts> facts(String name) throws IOException {
    try {
      BasicFileAttributes found = attributes(name).readAttributes();
      return found.isRegularFile()
          ? Optional.of(
              new FileFacts(found.size(), found.lastModifiedTime().toInstant(), found.fileKey()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream read(String name, long offset) throws IOException {
    FileChannel channel = channel(Names.path(name), READ);
    try {
      return Channels.newInputStream(offset == 0 ? channel : channel.position(offset));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public NewFile create(String name) throws IOException {
    return new NewLocalFile(channel(Names.path(name), CREATE), this, name);
  }

  @Override
  public NewFile createPrivate(String name) throws IOException {
    return new NewLocalFile(
        (FileChannel) stream.newByteChannel(Names.path(name), CREATE, PathFolder.OWNER_ONLY),
        this,
        name);
  }

  @Override
  public void setModified(String name, Instant time) throws IOException {
    FileTime both = FileTime.from(time); // for one of them Java would ask for the other first
    attributes(name).setTimes(both, both, null);
  }

  @Override
  public void move(String name, Folder target, String newName) throws IOException {
    stream.move(Names.path(name), ((SecureFolder) target).stream, Names.path(newName));
  }

  @Override
  public boolean delete(String name) throws IOException {
    try {
      stream.deleteFile(Names.path(name));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public boolean deleteFolder(String name) throws IOException {
    try {
      stream.deleteDirectory(Names.path(name));
      return true;
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      return false;
    }
  }

  @Override
  public void forEachName(Consumer<String> consumer) throws IOException {
    // a stream can be iterated only once, so each listing opens the folder anew
    try (DirectoryStream<Path> entries =
        stream.newDirectoryStream(SELF, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : entries) {
        Names.name(entry).ifPresent(consumer);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * And looks whether the file system is still there: XFS, when it has shut itself down after an
   * error, syncs a folder with success although what was renamed is lost, but tells nobody's size.
   */
  @Override
  public void sync() throws IOException {
    sync(SELF);
    attributes().readAttributes();
  }

  @Override
  public void sync(String name) throws IOException {
    sync(Names.path(name));
  }

  @Override
  public Optional<FileChannel> openLockFile(String name) throws IOException {
    return Optional.of(channel(Names.path(name), LOCK));
  }

  @Override
  public void close() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An interrupt closes the channel; what was begun is finished, and the interrupt kept. */
  private void sync(Path path) throws IOException {
    boolean isInterrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = channel(path, READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          isInterrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isSomethingElse(String name) throws IOException {
    try {
      return !attributes(name).readAttributes().isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean isFolder(String name) throws IOException {
    try {
      return attributes(name).readAttributes().isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private BasicFileAttributeView attributes() {
    return stream.getFileAttributeView(BasicFileAttributeView.class);
  }

  private BasicFileAttributeView attributes(String within) {
    return attributes(Names.path(within));
  }

  private BasicFileAttributeView attributes(Path within) {
    return stream.getFileAttributeView(
        within, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private FileChannel channel(Path path, Set<OpenOption> options) throws IOException {
    return (FileChannel) stream.newByteChannel(path, options);
  }
}
