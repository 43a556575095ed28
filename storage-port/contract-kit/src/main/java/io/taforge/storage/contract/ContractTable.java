package io.taforge.storage.contract;

import io.taforge.storage.contract.CaseOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reports of several backends side by side, a table for each level: each case is a row, each
 * backend a column. What no report tells of was not run, and the table says so; below stands why.
 */
public final class ContractTable {
  private static final String NO_REPORT = "there is no report of it";
  private static final String NOT_REPORTED = "the report does not have it";

  private final Map<Level, List<Column>> columns;

  private record Column(String backend, List<CaseOutcome> outcomes) {
    /** What the backend's reports tell of a level; every case of it is there. */
    static Column of(String backend, Level level, Map<String, CaseOutcome> told) {
      boolean isThere = level.ids().stream().anyMatch(told::containsKey);
      String reason = isThere ? NOT_REPORTED : NO_REPORT;
      return new Column(
          backend,
          level.names().entrySet().stream()
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
                        case INCONCLUSIVE -> "INCONCLUSIVE";
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
      CaseOutcome.byReason(outcomes, Result.INCONCLUSIVE)
          .forEach((reason, ids) -> remarks.add(ids + " INCONCLUSIVE: " + reason));
      CaseOutcome.byReason(outcomes, Result.NOT_RUN)
          .forEach((reason, ids) -> remarks.add(ids + " not run: " + reason));
      return remarks.stream().map(each -> backend + ": " + each).toList();
    }
  }

  private ContractTable(Map<Level, List<Column>> columns) {
    this.columns = columns;
  }

  /**
   * The table of these backends, in the order of the map.
   *
   * @param reports name of each backend, and the files that {@link ContractReport} has written or
   *     would have, one for each level that the backend proves
   * @throws IOException if a report is there and cannot be read
   */
  public static ContractTable of(Map<String, List<Path>> reports) throws IOException {
    Map<Level, List<Column>> columns = new EnumMap<>(Level.class);
    for (Map.Entry<String, List<Path>> each : reports.entrySet()) {
      Map<String, CaseOutcome> told = new HashMap<>();
      for (Path report : each.getValue()) {
        String text = Files.exists(report) ? Files.readString(report) : "";
        CaseOutcome.parse(text).forEach(outcome -> told.put(outcome.id(), outcome));
      }
      for (Level level : Level.values()) {
        columns
            .computeIfAbsent(level, same -> new ArrayList<>())
            .add(Column.of(each.getKey(), level, told));
      }
    }
    return new ContractTable(columns);
  }

  /**
   * Prints the table and keeps it in a file.
   *
   * @param arguments the file to write, then a {@code backend=report} for each column; several
   *     reports of one backend have a comma between them
   * @throws IOException if a report cannot be read, or the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, List<Path>> reports = new LinkedHashMap<>();
    for (String each : List.of(arguments).subList(1, arguments.length)) {
      int end = each.indexOf('=');
      reports.put(
          each.substring(0, end),
          Stream.of(each.substring(end + 1).split(",")).map(Path::of).toList());
    }
    String table = of(reports).toString();
    Path file = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, table);
    System.out.print(table);
  }

  /** As tables of Markdown that can be read as they are, and remarks on what did not pass. */
  @Override
  public String toString() {
    return Stream.concat(
            columns.entrySet().stream().flatMap(each -> lines(each.getKey(), each.getValue())),
            columns.values().stream()
                .flatMap(List::stream)
                .map(Column::remarks)
                .flatMap(List::stream))
        .map(each -> each + "\n")
        .collect(Collectors.joining());
  }

  private static Stream<String> lines(Level level, List<Column> columns) {
    List<String> cases =
        Stream.of(
                Stream.of("Contract " + level),
                level.names().entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue()),
                Stream.of("passed", "FAILED", "INCONCLUSIVE", "not run"))
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
    return lines.stream();
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
}
