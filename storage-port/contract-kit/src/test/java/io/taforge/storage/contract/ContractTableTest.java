package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.contract.CaseOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTableTest {
  private static final CaseOutcome PASSED =
      new CaseOutcome("A01", "isWrittenAndRead", Result.PASSED, "", 12);
  private static final CaseOutcome FAILED =
      new CaseOutcome("A02", "isReplaced", Result.FAILED, "\nwas \"old\"\r\nbut é", 3);
  private static final CaseOutcome INCONCLUSIVE =
      new CaseOutcome("I00", "isRefused", Result.INCONCLUSIVE, "it takes anything", 1);
  private static final CaseOutcome NOT_RUN =
      new CaseOutcome("N04", "isNotLetIn", Result.NOT_RUN, "the harness has no\nstranger", 0);

  @TempDir private Path folder;

  @Test
  void whatAReportWritesItReads() {
    List<CaseOutcome> outcomes = List.of(PASSED, FAILED, INCONCLUSIVE, NOT_RUN);

    assertThat(CaseOutcome.parse(json(outcomes))).isEqualTo(outcomes);
  }

  @Test
  void aCaseThatFailedOrDidNotRunShowsWithItsReason() throws IOException {
    String table = table(Map.of("mine", List.of(report(PASSED, FAILED, NOT_RUN))));

    assertThat(row(table, "A01")).endsWith("| passed  |");
    assertThat(row(table, "A02")).endsWith("| FAILED  |");
    assertThat(row(table, "N04")).endsWith("| not run |");
    assertThat(table.lines())
        .contains(
            "mine: A02 FAILED: was \"old\"", "mine: N04 not run: the harness has no stranger");
  }

  @Test
  void aCaseThatTheReportDoesNotHaveWasNotRun() throws IOException {
    String table = table(Map.of("mine", List.of(report(PASSED))));

    assertThat(row(table, "O09")).endsWith("| not run |");
    assertThat(table).contains("mine: 99 cases not run: the report does not have it");
    assertThat(row(table, "not run")).endsWith("| 99      |");
  }

  @Test
  void aBackendWithoutAReportWasNotRun() throws IOException {
    Map<String, List<Path>> reports = new LinkedHashMap<>();
    reports.put("mine", List.of(report(PASSED)));
    reports.put("other server", List.of(folder.resolve("missing.json")));

    String table = table(reports);

    assertThat(row(table, "Contract")).endsWith("| mine    | other server |");
    assertThat(row(table, "A01")).endsWith("| passed  | not run      |");
    assertThat(table).contains("other server: 100 cases not run: there is no report of it");
  }

  @Test
  void theReportsOfABackendAreOfItsLevels() throws IOException {
    Path core = report(PASSED);
    Path signed = Files.writeString(folder.resolve("signed.json"), json(List.of(INCONCLUSIVE)));
    String report = folder.resolve("table.md").toString();
    ContractTable.main(new String[] {report, "mine=" + core + "," + signed, "other=" + core});

    String table = Files.readString(folder.resolve("table.md"));
    assertThat(row(table, "Contract Core")).endsWith("| mine    | other   |");
    assertThat(row(table, "A01")).endsWith("| passed  | passed  |");
    assertThat(row(table, "Contract Signed")).endsWith("| mine         | other   |");
    assertThat(row(table, "I00")).endsWith("| INCONCLUSIVE | not run |");
    assertThat(table.lines())
        .contains("mine: I00 INCONCLUSIVE: it takes anything")
        .anyMatch(line -> line.matches("other: I00 I01 .*I15 not run: there is no report of it"));
  }

  private static String table(Map<String, List<Path>> reports) throws IOException {
    return ContractTable.of(reports).toString();
  }

  private Path report(CaseOutcome... outcomes) throws IOException {
    return Files.writeString(folder.resolve("report.json"), json(List.of(outcomes)));
  }

  private static String json(List<CaseOutcome> outcomes) {
    return outcomes.stream().map(CaseOutcome::json).collect(Collectors.joining(",\n"));
  }

  private static String row(String table, String begin) {
    return table.lines().filter(line -> line.startsWith("| " + begin)).findFirst().orElseThrow();
  }
}
