package io.taforge.storage.contract;

import io.taforge.storage.contract.CaseOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reports of several backends side by side: each case is a row, each backend a column. What no
 * report tells of was not run, and the table says so; below it stands why.
 */
public final class ContractTable {
  private static final String NO_REPORT = "there is no report of it";
  private static final String NOT_REPORTED = "the report does not have it";

  private final List<Column> columns;

  private record Column(String backend, List<CaseOutcome> outcomes) {
    /** What a report tells; every case of the contract is there. */
    static Column of(String backend, Path report) throws IOException {
      boolean isThere = Files.exists(report);
      Map<String, CaseOutcome> told =
          CaseOutcome.parse(isThere ? Files.readString(report) : "").stream()
              .collect(Collectors.toMap(CaseOutcome::id, Function.identity()));
      String reason = isThere ? NOT_REPORTED : NO_REPORT;
      return new Column(
          backend,
          names().entrySet().stream()
              .map(
                  each ->
                      told.getOrDefault(
                          each.getKey(),
                          new CaseOutcome(
                              each.getKey(), each.getValue(), Result.NOT_RUN, reason, 0)))
              .toList());
    }

    List<String> cells() {
      Stream<String> results =
          outcomes.stream()
              .map(
                  each ->
                      switch (each.result()) {
                        case PASSED -> "passed";
                        case FAILED -> "FAILED";
                        case NOT_RUN -> "not run";
                      });
      Stream<String> sums =
          Stream.of(Result.values()).map(each -> String.valueOf(CaseOutcome.count(outcomes, each)));
      return Stream.concat(Stream.of(backend), Stream.concat(results, sums)).toList();
    }

    List<String> remarks() {
      List<String> remarks = new ArrayList<>();
      outcomes.stream()
          .filter(each -> each.is(Result.FAILED))
          .map(each -> each.id() + " FAILED: " + each.reason().strip().replaceAll("\\R(?s).*", ""))
          .forEach(remarks::add);
      CaseOutcome.notRun(outcomes)
          .forEach((reason, ids) -> remarks.add(ids + " not run: " + reason));
      return remarks.stream().map(each -> backend + ": " + each).toList();
    }
  }

  private ContractTable(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * The table of these backends, in the order of the map.
   *
   * @param reports name of each backend, and the file that {@link ContractReport} has written or
   *     would have
   * @throws IOException if a report is there and cannot be read
   */
  public static ContractTable of(Map<String, Path> reports) throws IOException {
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, Path> each : reports.entrySet()) {
      columns.add(Column.of(each.getKey(), each.getValue()));
    }
    return new ContractTable(columns);
  }

  /**
   * Prints the table and keeps it in a file.
   *
   * @param arguments the file to write, then a {@code backend=report} for each column
   * @throws IOException if a report cannot be read, or the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, Path> reports = new LinkedHashMap<>();
    for (String each : List.of(arguments).subList(1, arguments.length)) {
      int end = each.indexOf('=');
      reports.put(each.substring(0, end), Path.of(each.substring(end + 1)));
    }
    String table = of(reports).toString();
    Path file = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, table);
    System.out.print(table);
  }

  /** As a table of Markdown that can be read as it is, and remarks on what did not pass. */
  @Override
  public String toString() {
    List<String> cases =
        Stream.of(
                Stream.of("Contract Core"),
                names().entrySet().stream().map(each -> each.getKey() + " " + each.getValue()),
                Stream.of("passed", "FAILED", "not run"))
            .flatMap(Function.identity())
            .toList();
    List<List<String>> cells = new ArrayList<>(List.of(cases));
    columns.forEach(each -> cells.add(each.cells()));
    List<String> lines =
        IntStream.range(0, cases.size())
            .mapToObj(row -> row(cells, row))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.add(1, lines.get(0).replaceAll("[^|]", "-"));
    lines.add("");
    columns.forEach(each -> lines.addAll(each.remarks()));
    return lines.stream().map(each -> each + "\n").collect(Collectors.joining());
  }

  private static String row(List<List<String>> cells, int row) {
    return cells.stream()
        .map(column -> padded(column.get(row), column))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String padded(String text, List<String> column) {
    int width = column.stream().mapToInt(String::length).max().orElse(0);
    return text + " ".repeat(width - text.length());
  }

  /** The cases' ids and names, in the order of the ids. */
  private static Map<String, String> names() {
    return ContractReport.methods()
        .collect(
            Collectors.toMap(
                method -> method.getAnnotation(Case.class).value(),
                method -> method.getName(),
                (one, other) -> one,
                TreeMap::new));
  }
}
