package io.taforge.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A file on this machine that appears at once when it is whole, in place of one that may be there.
 * Until then it has another name beside that; closed before, it leaves nothing. A link is followed,
 * and what is no regular file, such as a pipe or a terminal, is written to as it is.
 */
public final class WholeFile implements AutoCloseable {
  private final Path target;
  private final Optional<Path> part;
  private final OutputStream out;

  private WholeFile(Path target, Optional<Path> part) throws IOException {
    this.target = target;
    this.part = part;
    this.out =
        part.isPresent()
            ? Files.newOutputStream(part.get(), StandardOpenOption.CREATE_NEW)
            : Files.newOutputStream(target, StandardOpenOption.WRITE);
  }

  /**
   * Begins it, which shows whether it can be written.
   *
   * @throws IOException if it cannot, or the name is that of a folder
   */
  public static WholeFile at(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder and not a file that can be written");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new WholeFile(file, Optional.empty());
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path part = target.resolveSibling(".taforge-" + UUID.randomUUID() + ".part");
    return new WholeFile(target, Optional.of(part));
  }

  /** Where its content is written to; closed by {@link #complete} or {@link #close}. */
  public OutputStream out() {
    return out;
  }

  /** Under which name it has what was written so far; empty for what is written to as it is. */
  Optional<Path> part() {
    return part;
  }

  /** All is written; it appears. */
  public void complete() throws IOException {
    out.close();
    if (part.isPresent()) {
      Files.move(
          part.get(), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (part.isPresent()) {
        Files.deleteIfExists(part.get());
      }
    }
  }
}
