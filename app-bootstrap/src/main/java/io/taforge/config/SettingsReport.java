package io.taforge.config;

import java.util.List;
import java.util.Optional;

/**
 * All that can be said of what is set, right or wrong.
 *
 * @param values each setting as it counts, in the order of their subjects; one that is wrong as it
 *     was given
 * @param warnings sentences about what is set and means nothing, or is not safe
 * @param problems sentences about what cannot be used
 * @param settings what is made of it; empty if there is a problem
 */
public record SettingsReport(
    List<Setting> values,
    List<String> warnings,
    List<String> problems,
    Optional<Settings> settings) {
  /** Keeps copies. */
  public SettingsReport {
    values = List.copyOf(values);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }
}
