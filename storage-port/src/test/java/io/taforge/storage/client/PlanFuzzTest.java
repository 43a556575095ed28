package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a file which is given to be applied is a whole plan or none. A build tries what the corpus
 * beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment it looks for more, guided
 * by coverage.
 */
class PlanFuzzTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final String HEAD =
      PlanLine.FIRST + "\nplanned\tlog-samples\t2026-11-24T10:15:30Z\t-\tPT720H\t0\t-\n";
  private static final String SAMPLE =
      "sample\tsamples/" + ID + "/a.log\t3\t2026-01-01T00:00:00Z\tv1\n";
  private static final String END = "end\t1\t3\t1\t3\t1\t3\t0\t0\t0\t0\t0\t0\t0\t0\t1\n";

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "30s")
  void aPlanIsReadWholeOrRefused(FuzzedDataProvider data) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(data.consumeInt(0, 9) > 0 ? HEAD : "");
    for (int lines = data.consumeInt(0, 3); lines > 0; lines--) {
      text.append(data.consumeBoolean() ? SAMPLE : data.consumeString(200));
    }
    text.append(data.consumeInt(0, 9) > 0 ? END : "");
    byte[] rest = data.consumeRemainingAsBytes();
    Path file = folder.resolve("plan");
    Files.writeString(file, text);
    if (rest.length > 0) {
      Files.write(file, rest, StandardOpenOption.APPEND);
    }
    try (CleanupPlan plan = CleanupPlan.read(file)) {
      List<CleanupPlan.Entry> entries = new ArrayList<>();
      plan.forEach(entries::add);
      assertWritesTheSame(plan, entries);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage())
          .startsWith(file + " is not a cleanup plan: line ")
          .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]");
    }
  }

  private static void assertWritesTheSame(CleanupPlan plan, List<CleanupPlan.Entry> entries)
      throws IOException {
    StringBuilder again = new StringBuilder(PlanLine.FIRST).append('\n');
    again.append(PlanLine.of(plan.head())).append('\n');
    entries.forEach(each -> again.append(PlanLine.of(each)).append('\n'));
    again.append(PlanLine.of(plan.totals())).append('\n');
    Path copy = Files.writeString(folder.resolve("copy"), again);
    try (CleanupPlan read = CleanupPlan.read(copy)) {
      List<CleanupPlan.Entry> found = new ArrayList<>();
      read.forEach(found::add);
      assertThat(found).isEqualTo(entries);
      assertThat(read.head()).isEqualTo(plan.head());
      assertThat(read.totals()).isEqualTo(plan.totals());
    }
  }
}
