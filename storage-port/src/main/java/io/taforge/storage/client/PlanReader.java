package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.Quoted;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupPlan.Head;
import io.taforge.storage.client.CleanupPlan.Totals;
import io.taforge.storage.client.StorageStats.Amount;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a {@link CleanupPlan}'s file, which may be anything at all. */
final class PlanReader implements AutoCloseable {
  /** A key has 1,024 bytes at most, and messages are sentences. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final Path file;
  private final BufferedReader text;
  private long number;

  private PlanReader(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder and not a cleanup plan");
    }
    this.file = file;
    this.text = Files.newBufferedReader(file, UTF_8);
  }

  static CleanupPlan read(Path file) throws IOException {
    Amount[] found = {Amount.NONE, Amount.NONE};
    try (PlanReader reader = new PlanReader(file)) {
      Head head = reader.head();
      Totals totals =
          reader.entries(
              entry -> {
                try {
                  if (entry instanceof ExpiredSample sample) {
                    found[0] = found[0].plus(sample.size());
                  } else if (entry instanceof Debris debris) {
                    found[1] = found[1].plus(debris.leftover().size().orElse(0));
                  }
                } catch (IllegalArgumentException e) {
                  throw reader.refused("all sizes together are more than can be counted");
                }
              });
      if (!totals.planned().equals(found[0]) || !totals.leftovers().equals(found[1])) {
        throw reader.refused("its numbers are not those of the lines before it");
      }
      return CleanupPlan.of(file, false, head, totals);
    }
  }

  static void forEach(Path file, Consumer<Entry> action) throws IOException {
    try (PlanReader reader = new PlanReader(file)) {
      reader.head();
      reader.entries(action);
    }
  }

  private Head head() throws IOException {
    String first = line();
    if (first == null || !first.equals(PlanLine.FIRST)) {
      throw refused("it must read " + PlanLine.FIRST.replace('\t', ' '));
    }
    String second = line();
    if (second == null) {
      throw refused("the plan ends here");
    }
    return parsed(second, PlanLine::head);
  }

  private Totals entries(Consumer<Entry> action) throws IOException {
    while (true) {
      String line = line();
      if (line == null) {
        throw refused("the plan ends here, without the line that ends it, so it is not complete");
      }
      if (PlanLine.isEnd(line)) {
        Totals totals = parsed(line, PlanLine::totals);
        if (line() != null) {
          throw refused("nothing may come behind the end");
        }
        return totals;
      }
      action.accept(parsed(line, PlanLine::entry));
    }
  }

  private <T> T parsed(String line, Function<String, T> parser) {
    try {
      return parser.apply(line);
    } catch (RuntimeException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** The next line; null at the end. What has no line break at its end was cut off. */
  private @Nullable String line() throws IOException {
    number++;
    StringBuilder line = new StringBuilder();
    try {
      for (int next = text.read(); next >= 0; next = text.read()) {
        if (next == '\n') {
          return line.toString();
        }
        if (line.length() == LONGEST_LINE) {
          throw refused("it is longer than " + LONGEST_LINE + " characters");
        }
        line.append((char) next);
      }
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8");
    }
    if (line.length() > 0) {
      throw refused("it has no end, so the plan is not complete");
    }
    return null;
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(
        Quoted.line(file + " is not a cleanup plan: line " + number + ": " + reason));
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
