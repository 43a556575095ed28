package io.taforge.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The page that says where the time of taforge goes, in the workloads that were recorded. */
public final class ProfilesPage {
  private static final String OURS = "taforge";
  private static final String SUFFIX = ".jfr";
  private static final String PREAMBLE =
      """
      # Where the time goes

      Written by `benchmarks` with `-Dbenchmark.profile=true`: shares of the samples that JDK Flight Recorder took of
      taforge's own process, warming up included. Threads that wait for each other are in no sample; those that wait for
      an answer or for a disk are in the calls. SHA-256 is much too small everywhere: it runs in a piece of the JVM where
      the recorder sees no stack; `perf` says 41 % of P4's CPU. The sentences that go with this are in
      [performance.md](../performance.md).
      """;

  private ProfilesPage() {}

  /**
   * Writes it.
   *
   * @param recordings a folder with recordings named by row, workload and contestant
   * @param page where to
   */
  public static void write(Path recordings, Path page) throws IOException {
    StringBuilder text = new StringBuilder(PREAMBLE);
    for (Path each : ofOurs(recordings)) {
      Profile profile = Profile.of(each);
      if (!profile.isEmpty()) {
        String name = each.getFileName().toString().replace(SUFFIX, "");
        text.append("\n## ").append(name).append("\n\n| | |\n|---|---|\n");
        profile.rows().forEach(row -> text.append(row).append('\n'));
      }
    }
    Files.writeString(page, text);
  }

  /** Removes the recordings of earlier runs. */
  public static void clear(Path recordings) throws IOException {
    for (Path each : ofOurs(recordings)) {
      Files.delete(each);
    }
  }

  private static List<Path> ofOurs(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.getFileName().toString().endsWith(SUFFIX))
          .filter(each -> each.getFileName().toString().contains(OURS))
          .sorted()
          .toList();
    }
  }
}
