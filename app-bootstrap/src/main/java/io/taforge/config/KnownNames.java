package io.taforge.config;

import static io.taforge.artifact.Quoted.line;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds names that are meant for taforge and that it does not know. */
final class KnownNames {
  /** What begins like this is for nobody else. */
  private static final List<String> OURS =
      List.of("MINIO_", "STORAGE_", "SAMPLE_RETENTION_", "AUDIT_LOG_");

  /** What differs in so few letters was mistyped. */
  private static final int ALMOST = 2;

  private final Set<String> known;

  KnownNames(Set<String> known) {
    this.known = known;
  }

  /** A sentence for each, with the nearest name that there is. */
  Stream<String> strangers(Set<String> names) {
    return names.stream()
        .filter(name -> !known.contains(name))
        .filter(name -> OURS.stream().anyMatch(name::startsWith) || isAlmostKnown(name))
        .sorted()
        .map(
            name ->
                line(name) + " is not a setting of taforge; did you mean " + nearest(name) + "?");
  }

  private boolean isAlmostKnown(String name) {
    return known.stream()
        .filter(each -> Math.abs(each.length() - name.length()) <= ALMOST)
        .anyMatch(each -> distance(name, each) <= ALMOST);
  }

  private String nearest(String name) {
    return known.stream()
        .min(Comparator.comparingInt((String each) -> distance(name, each)))
        .orElseThrow();
  }

  /** How many letters must be added, removed or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
