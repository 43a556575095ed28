package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A folder of the machine where folders cannot be held open, such as on Windows. Links are refused
 * as everywhere, but one that is swapped in between the look and the deed is not noticed; and where
 * folders cannot be synced, a rename is as durable as the file system makes it.
 */
final class PathFolder implements Folder {
  /** The mode 0600. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;

  PathFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Folder open(String name) throws IOException {
    Path child = resolve(name);
    if (!attributes(child).isDirectory()) {
      throw new NotDirectoryException(child.toString());
    }
    return new PathFolder(child);
  }

  @Override
  public boolean createFolder(String name) throws IOException {
    try {
      Files.createDirectory(resolve(name));
      return true;
    } catch (FileAlreadyExistsException e) {
      if (isSomethingElse(name)) {
        throw e;
      }
      return false;
    }
  }

  private boolean isSomethingElse(String name) throws IOException {
    try {
      return !attributes(resolve(name)).isDirectory();
    } catch (NoSuchFileException e) {
      return false; // it has gone meanwhile
    }
  }

  @Override
  public Optional<FileFacts> facts(String name) throws IOException {
    try {
      BasicFileAttributes found = attributes(resolve(name));
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
    FileChannel channel =
        FileChannel.open(resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return Channels.newInputStream(channel.position(offset));
  }

  @Override
  public NewFile create(String name) throws IOException {
    return new NewLocalFile(FileChannel.open(resolve(name), CREATE), this, name);
  }

  @Override
  public NewFile createPrivate(String name) throws IOException {
    boolean hasModes = Files.getFileStore(folder).supportsFileAttributeView("posix");
    FileAttribute<?>[] mode =
        hasModes ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    return new NewLocalFile(FileChannel.open(resolve(name), CREATE, mode), this, name);
  }

  @Override
  public void setModified(String name, Instant time) throws IOException {
    Files.getFileAttributeView(
            resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(time), null, null);
  }

  @Override
  public void move(String name, Folder target, String newName) throws IOException {
    Files.move(
        resolve(name),
        ((PathFolder) target).resolve(newName),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean delete(String name) throws IOException {
    Path file = resolve(name);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + ": Is a directory");
    }
    return Files.deleteIfExists(file);
  }

  @Override
  public boolean deleteFolder(String name) throws IOException {
    try {
      return Files.deleteIfExists(resolve(name));
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  @Override
  public void forEachName(Consumer<String> consumer) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Names.name(entry).ifPresent(consumer);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void sync() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders, and needs no sync of them
    }
  }

  @Override
  public void sync(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(resolve(name), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<FileChannel> openLockFile(String name) throws IOException {
    return Optional.of(
        FileChannel.open(
            resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void close() {
    // nothing is held open
  }

  private Path resolve(String name) {
    return folder.resolve(Names.path(name));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
