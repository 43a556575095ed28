package io.taforge.benchmark;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * What a run is to do, as system properties say.
 *
 * @param effort {@code benchmark.run}: smoke, short or full
 * @param isReportOnly {@code benchmark.run=report}: whether nothing is measured
 * @param rows {@code benchmark.rows}: such as {@code P1,P4}; empty for those of the effort
 * @param hasEverybody {@code benchmark.contestants=all}: whether those take part that no target
 *     names
 * @param isPublished {@code benchmark.publish}: whether the documentation is written anew
 * @param isProfiled {@code benchmark.profile}: whether each contestant leaves a recording of its
 *     JVM; what is published then is where the time goes, and not the numbers
 * @param home {@code benchmark.home}: where taforge was built
 * @param folder {@code benchmark.folder}: where files are written
 */
record RunPlan(
    Effort effort,
    boolean isReportOnly,
    String rows,
    boolean hasEverybody,
    boolean isPublished,
    boolean isProfiled,
    Path home,
    Path folder) {
  /** From these properties. */
  static RunPlan of(Properties properties) {
    String run = text(properties, "benchmark.run", "short");
    boolean isReportOnly = run.equals("report");
    Effort effort = isReportOnly ? Effort.SHORT : Effort.of(run);
    Path home = Path.of(text(properties, "benchmark.home", ".")).toAbsolutePath().normalize();
    return new RunPlan(
        effort,
        isReportOnly,
        text(properties, "benchmark.rows", ""),
        !effort.isForTargets() || text(properties, "benchmark.contestants", "").equals("all"),
        Boolean.parseBoolean(text(properties, "benchmark.publish", "false")),
        Boolean.parseBoolean(text(properties, "benchmark.profile", "false")),
        home,
        Path.of(
            text(
                properties,
                "benchmark.folder",
                home.resolve("benchmarks/target/benchmark").toString())));
  }

  /** The command that does the same again. */
  String command() {
    return "./mvnw -B verify -pl benchmarks -am -DskipTests -Pbenchmark -Dbenchmark.run="
        + effort.name().toLowerCase(Locale.ROOT)
        + (rows.isBlank() ? "" : " -Dbenchmark.rows=" + rows)
        + (hasEverybody && effort.isForTargets() ? " -Dbenchmark.contestants=all" : "")
        + (isProfiled ? " -Dbenchmark.profile=true" : "")
        + (isPublished ? " -Dbenchmark.publish=true" : "");
  }

  private static String text(Properties properties, String name, String usual) {
    String value = properties.getProperty(name, "");
    return value.isBlank() ? usual : value;
  }
}
