package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A root folder on the machine's own file system. */
final class LocalRoot implements Root {
  private final Path path;
  private final HeldFolders held;

  LocalRoot(Path path) {
    this.path = path.toAbsolutePath();
    this.held = new HeldFolders(this.path);
  }

  @Override
  public Folder open() throws IOException {
    return SecureFolder.isSupported() ? held.open(List.of()) : new PathFolder(path);
  }

  @Override
  public Folder open(List<String> below) throws IOException {
    return SecureFolder.isSupported() ? held.open(below) : Root.super.open(below);
  }

  @Override
  public void letGo() {
    held.letGo();
  }

  @Override
  public void close() {
    held.close();
  }

  @Override
  public void create() throws IOException {
    Files.createDirectories(path);
  }

  @Override
  public Object identity() throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  /** Of the file itself and not of what it leads to; the root may be a link. */
  @Override
  public Optional<Set<PosixFilePermission>> permissions(List<String> below) throws IOException {
    Path file = path.toRealPath();
    for (String name : below) {
      file = file.resolve(name);
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      return view == null ? Optional.empty() : Optional.of(view.readAttributes().permissions());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public boolean keepsSecrets() {
    return true;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
