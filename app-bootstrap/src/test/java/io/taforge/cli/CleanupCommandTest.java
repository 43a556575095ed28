package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taforge.config.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is cleaned up, what not, and what is told of it. */
class CleanupCommandTest extends CommandTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final Clock IN_31_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));

  private final List<String> keys = new ArrayList<>();

  @BeforeEach
  void storeSomeSamples() throws IOException {
    file("a.log", "content");
    for (String name : List.of("1.log", "2.log", "3.log")) {
      keys.add(uploaded("samples", "upload", "a.log", "--request", ID, "--name", name));
    }
    keys.add(
        uploaded(
            "samples",
            "upload",
            "a.log",
            "--request",
            ID,
            "--name",
            "held.log",
            "--meta",
            "taforge-hold=true"));
    bundle("TA.tgz");
    uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "1");
    clock = IN_31_DAYS;
  }

  private JsonNode report(Ended ended, int code) throws IOException {
    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    return new ObjectMapper().readTree(ended.bytes());
  }

  private List<String> left() throws IOException {
    List<String> found = new ArrayList<>();
    taforge("samples", "list", ID, "--json")
        .json()
        .findValues("storage_key")
        .forEach(each -> found.add(each.asText()));
    return found;
  }

  private static void assertValid(JsonNode report) throws IOException {
    Path file = Path.of("..", "docs", "cleanup-report.schema.json");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(file));
    assertThat(schema.validate(report.toString(), InputFormat.JSON)).isEmpty();
  }

  private static long objects(JsonNode report, String... path) {
    JsonNode found = report;
    for (String each : path) {
      found = found.path(each);
    }
    return found.path("objects").asLong(-1);
  }

  @Test
  void aDryRunTellsWhatWouldGoAndRemovesNothing() throws IOException {
    Ended ended = taforge("cleanup", "samples", "--dry-run", "--max-delete", "100%");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().filter(line -> line.startsWith("would remove samples/")))
        .hasSize(3)
        .noneMatch(line -> line.contains("held.log"));
    assertThat(ended.out())
        .containsPattern("would be removed +3 ")
        .containsPattern("left alone: held +1 ");
    assertThat(left()).isEqualTo(keys);
    JsonNode dry =
        report(taforge("cleanup", "all", "--dry-run", "--max-delete", "100%", "--json"), 0);
    assertValid(dry);
    assertThat(dry.path("dry_run").asBoolean()).isTrue();
    assertThat(objects(dry, "planned")).isEqualTo(3);
    assertThat(objects(dry, "deleted")).isZero();
  }

  @Test
  void expiredSamplesGoAndNothingElse() throws IOException {
    JsonNode report =
        report(
            taforge(
                "cleanup", "samples", "--max-delete", "75%", "--report", "report.json", "--json"),
            0);

    assertValid(report);
    assertThat(new ObjectMapper().readTree(folder.resolve("report.json").toFile()))
        .isEqualTo(report);
    assertThat(objects(report, "deleted")).isEqualTo(3);
    assertThat(objects(report, "skipped", "held")).isEqualTo(1);
    assertThat(left()).containsExactly(keys.get(3));
    assertThat(taforge("bundles", "list", ID, "--json").json().findValues("storage_key"))
        .hasSize(1);
    clock = Clock.systemUTC();
    assertThat(objects(report(taforge("cleanup", "samples", "--json"), 0), "expired")).isZero();
  }

  @Test
  void aPlanIsAppliedLaterAndWhatChangedSinceStays() throws IOException {
    assertThat(taforge("cleanup", "samples", "--plan", "p", "--max-delete", "3").code())
        .isEqualTo(3);
    assertThat(taforge("cleanup", "samples", "--plan", "p", "--max-delete", "100%").code())
        .isZero();
    assertThat(left()).hasSize(4);
    uploaded("samples", "upload", "a.log", "--request", ID, "--name", "2.log");
    assertThat(taforge("samples", "delete", keys.get(2)).code()).isZero();

    JsonNode report = report(taforge("cleanup", "apply", "p", "--max-delete", "100%", "--json"), 0);
    assertValid(report);
    assertThat(objects(report, "deleted")).isEqualTo(1);
    assertThat(objects(report, "skipped", "changed")).isEqualTo(1);
    assertThat(objects(report, "skipped", "gone")).isEqualTo(1);
    assertThat(left()).containsExactly(keys.get(1), keys.get(3));

    JsonNode again = report(taforge("cleanup", "apply", "p", "--max-delete", "100%", "--json"), 0);
    assertThat(objects(again, "deleted")).isZero();
    assertThat(objects(again, "skipped", "gone")).isEqualTo(2);
  }

  @Test
  void aGuardStopsItWithItsOwnExitCode() throws IOException {
    Ended ended = taforge("cleanup", "samples", "--json");
    JsonNode report = report(ended, 3);

    assertValid(report);
    assertThat(report.path("stopped_by").path("guard").asText()).isEqualTo("largest_share");
    assertThat(ended.err())
        .isEqualTo(
            "taforge: 3 of 4 log samples would be removed, and at most 50 % of them may be\n");
    assertThat(taforge("cleanup", "samples", "--max-delete", "2").code()).isEqualTo(3);
    assertThat(left()).isEqualTo(keys);
  }

  @Test
  void thePeriodCanBeToldForOneRun() throws IOException {
    clock = Clock.systemUTC();
    environment.put("SAMPLE_RETENTION_ENABLED", "false");
    Ended off = taforge("cleanup", "samples");
    assertThat(off.code()).isZero();
    assertThat(off.err()).contains("SAMPLE_RETENTION_ENABLED is false");
    assertThat(left()).hasSize(4);

    clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
    Ended keeping =
        taforge(
            "cleanup",
            "samples",
            "--older-than",
            "1m",
            "--keep-newest",
            "2",
            "--max-delete",
            "100%",
            "--json");
    assertThat(objects(report(keeping, 0), "skipped", "newest")).isEqualTo(2);
    assertThat(left()).containsExactly(keys.get(2), keys.get(3));
    assertThat(keeping.err()).isEmpty();
  }

  @Test
  void badInputIsRefusedAndNothingIsRemoved() throws IOException {
    file("broken.plan", "taforge-cleanup-plan\t1\nplanned\n");
    assertRefused(2, "line 2", "cleanup", "apply", "broken.plan");
    assertRefused(2, "line 1", "cleanup", "apply", "a.log");
    assertRefused(1, "missing.plan cannot be found", "cleanup", "apply", "missing.plan");
    assertRefused(1, "is a folder and not a cleanup plan", "cleanup", "apply", ".");
    assertRefused(1, "cannot be written to", "cleanup", "samples", "--plan", "no/such/plan");
    assertRefused(2, "neither a number", "cleanup", "samples", "--max-delete", "some");
    assertRefused(2, "neither a number", "cleanup", "samples", "--max-delete", "101%");
    assertRefused(2, "not a retention period", "cleanup", "samples", "--older-than", "0s");
    assertRefused(2, "must not be negative", "cleanup", "samples", "--keep-newest", "-1");
    assertRefused(1, "folder", "cleanup", "samples", "--report", "no/such/folder/report.json");
    assertThat(left()).isEqualTo(keys);
  }

  @Test
  void eachDeletionIsInTheAuditTrail() throws IOException {
    taforge("cleanup", "samples", "--max-delete", "100%");
    String trail;
    try (var files = Files.list(folder.resolve("taforge-audit"))) {
      trail =
          Files.readString(
              files
                  .filter(each -> each.toString().endsWith(".jsonl"))
                  .sorted()
                  .reduce((one, other) -> other)
                  .orElseThrow());
    }
    assertThat(trail.lines().filter(line -> line.contains("\"event\":\"log_sample_deleted\"")))
        .hasSize(3)
        .allMatch(line -> line.contains("\"dry_run\":false") && line.contains("sha256"));
    assertThat(trail.lines().filter(line -> line.contains("\"event\":\"cleanup_planned\"")))
        .singleElement()
        .asString()
        .contains("\"dry_run\":true");
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"S3", "MINIO"})
  void onAServerItIsTheSame(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    clock = Clock.systemUTC();
    assertThat(taforge("init").code()).isZero();
    keys.clear();
    for (String name : List.of("1.log", "2.log")) {
      keys.add(uploaded("samples", "upload", "a.log", "--request", ID, "--name", name));
    }
    Thread.sleep(2100);
    String[] cleanup = {"cleanup", "all", "--older-than", "1s", "--max-delete", "100%", "--json"};
    clock = IN_31_DAYS;
    JsonNode skewed = report(taforge(cleanup), 3);
    assertThat(skewed.path("stopped_by").path("guard").asText()).isEqualTo("clock_skew");
    assertThat(left()).isEqualTo(keys);

    clock = Clock.systemUTC();
    JsonNode report = report(taforge(cleanup), 0);
    assertValid(report);
    assertThat(objects(report, "deleted")).isEqualTo(2);
    assertThat(left()).isEmpty();
  }
}
