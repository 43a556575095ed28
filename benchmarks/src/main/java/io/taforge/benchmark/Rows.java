package io.taforge.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is measured.
 *
 * @param all P1 to P16
 */
record Rows(List<Row> all) {
  /** Keeps a copy. */
  Rows {
    all = List.copyOf(all);
  }

  /** As large as this effort takes them. */
  static Rows of(Effort effort) {
    return new Rows(
        Stream.of(
                SmallObjectRows.all().stream(),
                LargeObjectRows.all(effort).stream(),
                ManyObjectRows.all(effort).stream(),
                ProcessRows.all(effort).stream(),
                FolderRows.all(effort).stream())
            .flatMap(each -> each)
            .sorted((one, other) -> Integer.compare(number(one), number(other)))
            .toList());
  }

  Row row(String id) {
    return all.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /**
   * Some of them.
   *
   * @param ids separated by commas; empty for those that the effort takes
   * @throws IllegalArgumentException if there is none of a name
   */
  List<Row> chosen(String ids, Effort effort) {
    if (ids.isBlank()) {
      return all.stream().filter(row -> effort.takes(row.id())).toList();
    }
    Set<String> wanted = Set.copyOf(Arrays.stream(ids.split(",", -1)).map(String::strip).toList());
    List<Row> chosen = all.stream().filter(row -> wanted.contains(row.id())).toList();
    if (chosen.size() != wanted.size()) {
      throw new IllegalArgumentException(
          ids + " are not all rows: there are " + all.stream().map(Row::id).toList());
    }
    return chosen;
  }

  private static int number(Row row) {
    return Integer.parseInt(row.id().substring(1));
  }
}
