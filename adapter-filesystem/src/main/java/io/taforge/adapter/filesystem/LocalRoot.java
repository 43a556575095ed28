package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A root folder on the machine's own file system. */
final class LocalRoot implements Root {
  private final Path path;

  LocalRoot(Path path) {
    this.path = path.toAbsolutePath();
  }

  @Override
  public Folder open() throws IOException {
    return SecureFolder.isSupported() ? SecureFolder.openRoot(path) : new PathFolder(path);
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
