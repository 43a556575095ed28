package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Temporary folders in memory, where there is such a thing: suites that sync a million times would
 * otherwise measure the disk, and wear it out.
 */
final class MemoryFolder {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private MemoryFolder() {}

  /** A new one; whoever asked for it removes it. */
  static Path make(String name) throws IOException {
    return Files.isWritable(SHARED_MEMORY)
        ? Files.createTempDirectory(SHARED_MEMORY, name)
        : Files.createTempDirectory(name);
  }
}
