package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taforge.config.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command does with artifacts is the same on every backend. */
@ParameterizedClass
@EnumSource(Backend.class)
class TaforgeOnBackendsTest extends CommandTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

  @Parameter private Backend backend;

  @BeforeEach
  void chooseTheBackend() {
    environment.putAll(settings(backend));
  }

  @Test
  void initCreatesAndVerifyOnlyDoesNot() throws IOException {
    Ended missing = taforge("init", "--verify-only", "--json");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(missing.bytes()).get("ok").asBoolean()).isFalse();
    assertThat(folder.toFile().list())
        .as("but for the record of it")
        .containsExactly("taforge-audit");

    assertThat(taforge("init", "--json").json().get("ok").asBoolean()).isTrue();
    assertThat(taforge("init").code()).isZero();
    Ended verified = taforge("init", "--verify-only");
    assertThat(verified.code()).isZero(); // what a server cannot tell is no failure
    assertThat(verified.out()).contains("exists").contains("ok").contains("deletable");
  }

  @Test
  void forceRecreatesWhatIsEmptyAndOtherwiseWhatIsNamed() throws IOException {
    admitAnything();
    taforge("init");
    Map<String, String> names = buckets();
    String samples = names.get("samples");
    assertThat(taforge("init", "--force").code()).isZero();
    file("web.log", "GET /\n");
    String key = uploaded("samples", "upload", "web.log");
    String bundle = uploaded("debug", "upload", "web.log", "--run", ID);

    Ended refused = taforge("init", "--force", "--delete-everything-in", names.get("debug"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "taforge: %s is not empty; to destroy what is there, type --delete-everything-in %s\n"
                .formatted(samples, samples));
    assertThat(refused.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith(samples + " 1 6 B"))
        .endsWith("nothing was recreated");
    assertThat(taforge("samples", "download", key, "-o", "-").out()).isEqualTo("GET /\n");
    assertThat(taforge("debug", "download", bundle, "-o", "-").code()).isZero();

    JsonNode done =
        taforge("init", "--force", "--bucket", samples, "--delete-everything-in", samples, "--json")
            .json();
    assertThat(done.get("losses")).hasSize(1);
    assertThat(done.get("losses").get(0).get("bytes").asInt()).isEqualTo(6);
    assertThat(done.get("checks").get(0).get("status").asText()).isEqualTo("created");
    assertRefused(1, "there is no such log sample", "samples", "download", key, "-o", "-");
    assertThat(taforge("debug", "download", bundle, "-o", "-").out()).isEqualTo("GET /\n");
    try (Stream<Path> logs = Files.walk(folder.resolve("taforge-audit"))) {
      assertThat(logs.filter(Files::isRegularFile).map(TaforgeOnBackendsTest::read))
          .anyMatch(text -> text.contains("\"log_sample_bucket_recreated\""))
          .anyMatch(text -> text.contains("\"debug_bundle_bucket_loss_told\""));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> buckets() {
    return Map.of(
        "samples", environment.getOrDefault("MINIO_BUCKET_SAMPLES", "log-samples"),
        "debug", environment.getOrDefault("MINIO_BUCKET_DEBUG", "debug-bundles"));
  }

  @Test
  void aSampleGoesInAndComesOut() throws IOException {
    taforge("init");
    file("web.log", "GET /\n");
    JsonNode uploaded =
        taforge(
                "samples",
                "upload",
                "web.log",
                "--meta",
                "Source=web",
                "--meta",
                "name=größe",
                "--content-type",
                "text/x-web",
                "--json")
            .json();
    String key = uploaded.get("storage_key").asText();
    String request = uploaded.get("request_id").asText();

    assertThat(key).isEqualTo("samples/" + request + "/web.log");
    assertThat(uploaded.get("size").asInt()).isEqualTo(6);
    assertThat(uploaded.get("content_type").asText()).isEqualTo("text/x-web");
    assertThat(uploaded.get("metadata").get("source").asText()).isEqualTo("web");
    assertThat(uploaded.get("sha256").asText()).hasSize(64);
    JsonNode listed = taforge("samples", "list", request, "--json").json();
    assertThat(listed.get("samples")).hasSize(1);
    assertThat(facts(listed.get("samples").get(0))).isEqualTo(facts(uploaded));
    assertThat(taforge("samples", "list", request).out()).contains(key).contains("name=größe");

    assertThat(taforge("samples", "download", key, "-o", "-").out()).isEqualTo("GET /\n");
    assertThat(taforge("samples", "download", key, "-o", "copy.log").out()).contains("copy.log");
    assertThat(folder.resolve("copy.log")).hasContent("GET /\n");
    JsonNode downloaded = taforge("samples", "download", key, "-o", "c", "--json").json();
    assertThat(downloaded.get("file").asText()).isEqualTo(folder.resolve("c").toString());

    assertThat(taforge("samples", "delete", key).out()).isEqualTo("deleted " + key + "\n");
    assertThat(taforge("samples", "delete", key, "--json").json().get("outcome").asText())
        .isEqualTo("absent");
    assertThat(taforge("samples", "list", request).out())
        .isEqualTo("there are no samples of " + request + "\n");
  }

  @Test
  void standardInputIsASample() throws IOException {
    taforge("init");
    input = "from a pipe".getBytes(UTF_8);
    String key = uploaded("samples", "upload", "-", "--request", ID);

    assertThat(key).isEqualTo("samples/" + ID + "/stdin.log");
    assertThat(taforge("samples", "download", key, "-o", "-").out()).isEqualTo("from a pipe");
    input = new byte[] {0, (byte) 0xFF, 1};
    assertThat(uploaded("samples", "upload", "-", "--name", "my log.log", "--request", ID))
        .isEqualTo("samples/" + ID + "/my log.log");
    assertThat(taforge("samples", "download", "samples/" + ID + "/my log.log", "-o", "-").bytes())
        .isEqualTo(input);
  }

  @Test
  void revisionsOfABundleAreListedNewestFirst() throws IOException {
    taforge("init");
    byte[] bundle = bundle("TA.tgz");
    String first = uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "1");
    String second = uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "2");

    JsonNode listed = taforge("bundles", "list", ID, "--json").json().get("bundles");
    assertThat(listed.findValuesAsText("storage_key")).containsExactly(second, first);
    assertThat(listed.findValuesAsText("version")).containsExactly("2", "1");
    assertThat(taforge("bundles", "download", second, "-o", "-").bytes()).isEqualTo(bundle);
    String revision = listed.get(0).get("revision_id").asText();
    assertRefused(
        1,
        "it is already stored",
        "bundles",
        "upload",
        "TA.tgz",
        "--request",
        ID,
        "--version",
        "2",
        "--revision",
        revision);
  }

  @Test
  void debugBundlesBelongToARun() throws IOException {
    taforge("init");
    debugBundle("debug.zip", "it failed");
    String key = uploaded("debug", "upload", "debug.zip", "--run", ID);

    assertThat(key).isEqualTo("debug/" + ID + "/debug.zip");
    JsonNode listed = taforge("debug", "list", ID, "--json").json();
    assertThat(listed.get("validation_run_id").asText()).isEqualTo(ID);
    assertThat(listed.get("debug_bundles").findValuesAsText("storage_key")).containsExactly(key);
    assertThat(taforge("debug", "delete", key).code()).isZero();
  }

  @Test
  void statsCountWhatThereIs() throws IOException {
    admitAnything();
    taforge("init");
    file("a.log", "12345");
    uploaded("samples", "upload", "a.log");
    uploaded("samples", "upload", "a.log");
    uploaded("debug", "upload", "a.log", "--run", ID);

    JsonNode stats = taforge("stats", "--json").json();
    assertThat(stats.get("log_samples").get("objects").asInt()).isEqualTo(2);
    assertThat(stats.get("log_samples").get("bytes").asInt()).isEqualTo(10);
    assertThat(stats.get("log_samples").get("size").asText()).isEqualTo("10 B");
    assertThat(stats.get("log_samples").has("oldest")).isTrue();
    assertThat(stats.get("ta_bundles").has("oldest")).isFalse();
    assertThat(stats.get("all").get("bytes").asInt()).isEqualTo(15);
    assertThat(stats.get("expired").get("objects").asInt()).isZero();
    JsonNode young = stats.get("log_samples").get("ages").get(0);
    assertThat(young.get("from_seconds").asInt()).isZero();
    assertThat(young.get("below_seconds").asInt()).isEqualTo(3600);
    assertThat(young.get("objects").asInt()).isEqualTo(2);
    assertThat(stats.get("log_samples").get("sizes").get(6).has("below_bytes")).isFalse();
    assertThat(taforge("stats").out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "log samples by age",
            "under 1 h 2 10 B ##############################",
            "under 1 d 0 0 B",
            "under 1 KB 2 10 B ##############################",
            "the next cleanup would free 0 B: 0 expired log samples")
        .doesNotContain("TA bundles by age");
  }

  @Test
  void aBackendWithoutLifecycleRulesSaysSo() {
    taforge("init");

    for (String choice : List.of("--plan", "--diff", "--apply")) {
      assertRefused(1, "this backend has no lifecycle rules", "retention", "native", choice);
    }
    assertRefused(2, "Missing required argument", "retention", "native");
    assertRefused(2, "mutually exclusive", "retention", "native", "--plan", "--apply");
  }

  @Test
  void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
    taforge("init");
    environment.put("MINIO_MAX_UPLOAD_SIZE_MB", "1");
    Files.write(folder.resolve("large.log"), new byte[(1 << 20) + 1]);
    input = new byte[(1 << 20) + 1];

    assertRefused(1, "at most 1 MB", "samples", "upload", "large.log");
    assertRefused(1, "at most 1 MB", "samples", "upload", "-");
    assertThat(taforge("stats", "--json").json().get("all").get("objects").asInt()).isZero();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(each -> each.toString().endsWith(".part"));
    }
  }

  @Test
  void aFileThatIsThereIsNotReplacedByChance() throws IOException {
    taforge("init");
    file("a.log", "stored");
    String key = uploaded("samples", "upload", "a.log");
    file("a.log", "precious");

    assertRefused(1, "a.log (name it with -o to replace it) is there", "samples", "download", key);
    assertThat(folder.resolve("a.log")).hasContent("precious");
    assertThat(taforge("samples", "download", key, "-o", "a.log").code()).isZero();
    assertThat(folder.resolve("a.log")).hasContent("stored");
  }

  @Test
  void whatIsNotThereIsSaidInOneSentence() throws IOException {
    file("x.log", "x");
    assertRefused(1, "taforge init creates", "stats");
    taforge("init");
    String missing = "samples/" + ID + "/a.log";

    assertRefused(1, "there is no such log sample", "samples", "download", missing);
    assertThat(folder.resolve("a.log")).doesNotExist();
  }

  @Test
  void whatIsLargeComesBackAsItWas() throws IOException {
    taforge("init");
    input = new byte[(12 << 20) + 7];
    new Random(42).nextBytes(input);
    Files.write(folder.resolve("large.log"), input);

    String ofFile = uploaded("samples", "upload", "large.log");
    String ofStream = uploaded("samples", "upload", "-");
    assertThat(taforge("samples", "download", ofFile, "-o", "-").bytes()).isEqualTo(input);
    assertThat(taforge("samples", "download", ofStream, "-o", "copy").err()).isEmpty();
    assertThat(folder.resolve("copy")).hasBinaryContent(input);
  }

  /** All but the time: what a server says of it after an upload may be one second off. */
  private static JsonNode facts(JsonNode artifact) {
    assertThat(artifact.get("last_modified").asText()).isNotEmpty();
    return artifact.<ObjectNode>deepCopy().without("last_modified");
  }
}
