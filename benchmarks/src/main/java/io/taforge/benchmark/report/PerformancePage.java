package io.taforge.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The page about performance: all targets, then each row with its numbers, its plot and what people
 * say about it.
 */
public final class PerformancePage {
  private static final String PREAMBLE =
      """
      # Performance

      Written by `benchmarks` from `performance/results.json`, and from the sentences in `performance/notes.md`; change
      those and not this page. All contestants of a table worked in turns in one run, each in a process of its own, so
      compare numbers within a table only. The null server discards what it gets, so that the clients are what takes the
      time. taforge works with its defaults and through `ObjectStorageClient`: SHA-256 kept and verified, metadata, all or
      nothing.

      """;

  private final JsonNode results;
  private final Notes notes;
  private final String plots;
  private final StringBuilder page = new StringBuilder(PREAMBLE);

  private PerformancePage(JsonNode results, Notes notes, String plots) {
    this.results = results;
    this.notes = notes;
    this.plots = plots;
  }

  /**
   * Writes it.
   *
   * @param results the whole document
   * @param page where to
   * @param folder where its plots go, and where {@code notes.md} is; beside the page
   */
  public static void write(JsonNode results, Path page, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (JsonNode row : results.path("rows")) {
      Plots.draw(row, folder);
    }
    String text =
        new PerformancePage(
                results,
                Notes.read(folder.resolve("notes.md")),
                String.valueOf(folder.getFileName()))
            .text();
    Files.writeString(page, text);
  }

  static String text(JsonNode results, Notes notes, String plots) {
    return new PerformancePage(results, notes, plots).text();
  }

  private String text() {
    facts();
    targets();
    for (JsonNode row : results.path("rows")) {
      row(row);
    }
    return page.toString();
  }

  private void facts() {
    StringJoiner versions = new StringJoiner(", ");
    results
        .path("versions")
        .properties()
        .forEach(each -> versions.add(each.getKey() + " " + each.getValue().asText()));
    line("- " + results.path("date").asText() + ", " + results.path("machine").asText());
    line("- " + versions);
    line("- `" + results.path("command").asText() + "`");
    String said = notes.about("");
    line("");
    if (!said.isEmpty()) {
      line(said);
      line("");
    }
  }

  private void targets() {
    line("## Targets");
    line("");
    line("| | target | gate | goal | measured | gate | goal |");
    line("|---|---|---|---|---|---|---|");
    for (JsonNode row : results.path("rows")) {
      for (JsonNode target : row.path("targets")) {
        boolean isMore = target.path("better").asText().equals("more");
        line(
            String.format(
                Locale.ROOT,
                "| [%s](#%s) | %s | %s | %s | %s | %s | %s |",
                row.path("id").asText(),
                row.path("id").asText().toLowerCase(Locale.ROOT),
                target.path("title").asText(),
                limit(target.path("gate"), isMore),
                limit(target.path("goal"), isMore),
                Digits.of(target.path("value")),
                met(target.path("gateHolds")),
                met(target.path("goalHolds"))));
      }
    }
    line("");
  }

  private void row(JsonNode row) {
    String id = row.path("id").asText();
    line("## " + id);
    line("");
    boolean isOfThisRun = row.path("date").equals(results.path("date"));
    line(
        row.path("title").asText()
            + "."
            + (isOfThisRun
                ? ""
                : " Measured in a "
                    + row.path("run").asText()
                    + " run of "
                    + row.path("date").asText()
                    + "."));
    line("");
    for (JsonNode workload : row.path("workloads")) {
      workload(workload);
    }
    if (row.findValue("value") != null) {
      line("![" + id + "](" + plots + "/" + id + ".png)");
      line("");
    }
    String said = notes.about(id);
    if (!said.isEmpty()) {
      line(said);
      line("");
    }
  }

  private void workload(JsonNode workload) {
    line("**" + workload.path("title").asText() + "**, " + workload.path("place").asText());
    line("");
    if (workload.has("notMeasured")) {
      line("Not measured: " + workload.path("notMeasured").asText() + ".");
      line("");
      return;
    }
    line("| | " + workload.path("unit").asText() + " | CPU, µs/op | garbage, KiB/op | RSS, MB |");
    line("|---|---|---|---|---|");
    for (JsonNode entry : workload.path("entries")) {
      if (entry.has("problem")) {
        String problem = entry.path("problem").asText().replace("|", "/");
        line("| " + entry.path("name").asText() + " | not measured: " + cut(problem) + " | | | |");
      } else {
        line(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |",
                entry.path("name").asText(),
                Digits.of(entry.path("value")),
                Digits.of(entry.path("cpuMicroseconds")),
                Digits.of(entry.path("allocatedBytes"), 1024),
                Digits.of(entry.path("peakMegabytes"))));
      }
    }
    line("");
  }

  private static String limit(JsonNode limit, boolean isMore) {
    return limit.isNumber() ? (isMore ? "≥ " : "≤ ") + Digits.of(limit) : "";
  }

  private static String met(JsonNode holds) {
    return holds.isBoolean() ? (holds.asBoolean() ? "held" : "**missed**") : "";
  }

  private static String cut(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
