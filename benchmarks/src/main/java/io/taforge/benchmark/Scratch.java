package io.taforge.benchmark;

import io.taforge.benchmark.peer.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folder of a run: what is uploaded, and what contestants leave. Gone afterwards. */
final class Scratch implements AutoCloseable {
  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** In this folder, which must be on the disk that is to be measured. */
  static Scratch in(Path parent) throws IOException {
    return new Scratch(Files.createTempDirectory(Files.createDirectories(parent), "run-"));
  }

  /** A file of zeros, really written. */
  Site.BigFile bigFile(long size) throws IOException {
    Path file = folder.resolve("big-" + size);
    if (!Files.exists(file)) {
      byte[] zeros = new byte[1 << 20];
      try (OutputStream out = Files.newOutputStream(file)) {
        for (long left = size; left > 0; left -= zeros.length) {
          out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
      }
    }
    return new Site.BigFile(file, size);
  }

  Path folder() {
    return folder;
  }

  /** One of its own for a contestant. */
  Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "contestant-");
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }

  static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
