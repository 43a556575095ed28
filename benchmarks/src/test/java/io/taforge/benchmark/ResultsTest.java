package io.taforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Row ROW = Rows.of(Effort.SHORT).row("P10");

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("deep/results.json");
    results(0.5).write(file);

    Results read = Results.read(file).orElseThrow();

    assertThat(read.value("P10.time")).hasValue(0.5);
    assertThat(read.value("P10.minio")).isEmpty();
    assertThat(Results.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void rowsThatWereNotMeasuredStayAsTheyWere() throws Exception {
    Results earlier = results(0.5);
    earlier.add(Rows.of(Effort.SHORT).row("P9"), List.of(), List.of());

    Results both = results(0.7).together(earlier);

    assertThat(both.rows()).extracting(row -> row.path("id").asText()).containsExactly("P9", "P10");
    assertThat(both.value("P10.time")).hasValue(0.7);
  }

  @Test
  void whatHasBecomeMuchWorseIsTold() throws Exception {
    Regressions regressions = new Regressions(results(0.5));

    assertThat(regressions.of(ROW, List.of(verdict(0.6)))).isEmpty();
    assertThat(regressions.of(ROW, List.of(verdict(0.7))))
        .containsExactly(
            "P10.time: time to the SDK's batches was published as 0.50 and is 0.70 now");
    assertThat(regressions.of(ROW, List.of(verdict(Double.NaN)))).isEmpty();
  }

  private static Results results(double value) throws Exception {
    Results results = Results.begin(RunPlan.of(new Properties()));
    Workload workload = ROW.workload("delete");
    Measurement measurement =
        new Measurement(
            "delete", Names.TAFORGE, List.of(new Round(2, 0.1)), 5, 6, Optional.empty());
    results.add(
        ROW,
        List.of(new Measured(workload, List.of(measurement), Optional.empty())),
        List.of(verdict(value)));
    return results;
  }

  private static Verdict verdict(double value) {
    return new Verdict("P10.time", value, Optional.of(true), Optional.empty());
  }
}
