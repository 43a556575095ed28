package io.taforge.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
  private static final String RESULTS =
      """
      {"date": "2026-01-01T00:00:00Z", "machine": "a machine", "command": "./mvnw", "versions": {"JMH": "1.37"},
       "rows": [{"id": "P1", "title": "Put", "date": "2026-01-01T00:00:00Z", "run": "full",
         "workloads": [
           {"id": "put", "title": "put 1 KB", "place": "null server", "unit": "ops/s", "entries": [
             {"name": "taforge", "value": 12345.6, "cpuMicroseconds": 100, "allocatedBytes": 2048, "peakMegabytes": 77},
             {"name": "other", "problem": "no such thing"}]},
           {"id": "ceph", "title": "put 1 KB", "place": "Ceph", "unit": "ops/s", "notMeasured": "there is none",
            "entries": []}],
         "targets": [
           {"id": "P1.a", "title": "speed", "better": "more", "gate": 1.2, "goal": 1.9, "value": 1.5,
            "gateHolds": true, "goalHolds": false}]}]}
      """;

  @Test
  void thePageHasTargetsNumbersAndWhatPeopleSay() throws Exception {
    String page =
        PerformancePage.text(
            results(), Notes.parse("In all.\n\n## P1\n\nWhat stands in the way.\n"), "performance");

    assertThat(page)
        .contains(
            "| [P1](#p1) | speed | ≥ 1.20 | ≥ 1.90 | 1.50 | held | **missed** |",
            "| taforge | 12,346 | 100 | 2.00 | 77.0 |",
            "| other | not measured: no such thing | | | |",
            "Not measured: there is none.",
            "![P1](performance/P1.png)",
            "In all.",
            "What stands in the way.");
  }

  @Test
  void plotsLieBesideTheNotes(@TempDir Path folder) throws Exception {
    PerformancePage.write(results(), folder.resolve("page.md"), folder.resolve("plots"));

    assertThat(folder.resolve("plots/P1.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("page.md"))).contains("(plots/P1.png)");
  }

  private static JsonNode results() throws Exception {
    return new ObjectMapper().readTree(RESULTS);
  }
}
