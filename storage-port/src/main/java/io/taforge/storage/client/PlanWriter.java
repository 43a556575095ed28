package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Path;

/**
 * Writes a {@link CleanupPlan}'s file, which appears at once when the plan is complete; closed
 * before that, it leaves nothing.
 */
final class PlanWriter implements AutoCloseable {
  private final WholeFile file;
  private final BufferedWriter lines;

  PlanWriter(Path file, CleanupPlan.Head head) throws IOException {
    this.file = WholeFile.at(file);
    this.lines = new BufferedWriter(new OutputStreamWriter(this.file.out(), UTF_8));
    write(PlanLine.FIRST);
    write(PlanLine.of(head));
  }

  void write(CleanupPlan.Entry entry) throws IOException {
    write(PlanLine.of(entry));
  }

  /** Ends the plan. */
  void complete(CleanupPlan.Totals totals) throws IOException {
    write(PlanLine.of(totals));
    lines.flush();
    file.complete();
  }

  private void write(String line) throws IOException {
    lines.write(line);
    lines.write('\n');
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
