package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A file that a document will be written to; that it can be written shows beforehand, and it
 * appears at once.
 */
final class ReportFile implements AutoCloseable {
  private final Optional<Path> file;
  private final Optional<Path> part;

  private ReportFile(Optional<Path> file, Optional<Path> part) {
    this.file = file;
    this.part = part;
  }

  static ReportFile at(Optional<Path> wanted) throws IOException {
    if (wanted.isEmpty()) {
      return new ReportFile(Optional.empty(), Optional.empty());
    }
    Path file = wanted.get().toAbsolutePath();
    return new ReportFile(
        wanted,
        Optional.of(
            Files.createTempFile(file.getParent(), "." + file.getFileName() + "-", ".part")));
  }

  void write(Map<String, ?> document) throws IOException {
    if (part.isPresent()) {
      Files.writeString(part.get(), Json.text(document), UTF_8);
      Files.move(part.get(), file.orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (part.isPresent()) {
      Files.deleteIfExists(part.get());
    }
  }
}
