package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a {@link CleanupPlan}'s file, which appears at once when the plan is complete; closed
 * before that, it leaves nothing.
 */
final class PlanWriter implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final BufferedWriter lines;

  PlanWriter(Path file, CleanupPlan.Head head) throws IOException {
    this.file = file;
    Path name = file.toAbsolutePath().getFileName();
    this.part = Files.createTempFile(file.toAbsolutePath().getParent(), "." + name + "-", ".part");
    this.lines = Files.newBufferedWriter(part, UTF_8);
    write(PlanLine.FIRST);
    write(PlanLine.of(head));
  }

  void write(CleanupPlan.Entry entry) throws IOException {
    write(PlanLine.of(entry));
  }

  /** Ends the plan. */
  void complete(CleanupPlan.Totals totals) throws IOException {
    write(PlanLine.of(totals));
    lines.close();
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(String line) throws IOException {
    lines.write(line);
    lines.write('\n');
  }

  @Override
  public void close() throws IOException {
    lines.close();
    Files.deleteIfExists(part);
  }
}
