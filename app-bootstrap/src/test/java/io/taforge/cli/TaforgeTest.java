package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a person or a script sees it: exit code, standard output, standard error. */
class TaforgeTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private byte[] input = new byte[0];

  private record Ended(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }

    JsonNode json() throws IOException {
      assertThat(code).as(err).isZero();
      return new ObjectMapper().readTree(bytes);
    }
  }

  private Ended taforge(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Taforge.run(
            new Surroundings(
                environment,
                folder,
                new ByteArrayInputStream(input),
                out,
                err,
                Clock.systemUTC(),
                false),
            arguments);
    return new Ended(code, out.toByteArray(), err.toString(UTF_8));
  }

  private String uploaded(String... arguments) throws IOException {
    String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return taforge(all).json().get("storage_key").asText();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private void assertRefused(int code, String words, String... arguments) {
    Ended ended = taforge(arguments);
    assertThat(ended.err()).startsWith("taforge: ").contains(words).hasLineCount(1);
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aSampleGoesInAndComesOut() throws IOException {
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
    assertThat(listed.get("samples").get(0)).isEqualTo(uploaded);
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
    file("TA.tgz", "not really");
    String first = uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "1");
    String second = uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "2");

    JsonNode listed = taforge("bundles", "list", ID, "--json").json().get("bundles");
    assertThat(listed.findValuesAsText("storage_key")).containsExactly(second, first);
    assertThat(listed.findValuesAsText("version")).containsExactly("2", "1");
    assertThat(taforge("bundles", "download", second, "-o", "-").out()).isEqualTo("not really");
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
    file("debug.zip", "not really");
    String key = uploaded("debug", "upload", "debug.zip", "--run", ID);

    assertThat(key).isEqualTo("debug/" + ID + "/debug.zip");
    JsonNode listed = taforge("debug", "list", ID, "--json").json();
    assertThat(listed.get("validation_run_id").asText()).isEqualTo(ID);
    assertThat(listed.get("debug_bundles").findValuesAsText("storage_key")).containsExactly(key);
    assertThat(taforge("debug", "delete", key).code()).isZero();
  }

  @Test
  void statsCountWhatThereIs() throws IOException {
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
    assertThat(taforge("stats").out()).contains("log samples", "TA bundles", "debug bundles");
  }

  @Test
  void initCreatesAndVerifyOnlyDoesNot() throws IOException {
    Ended missing = taforge("init", "--verify-only", "--json");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(missing.bytes()).get("ok").asBoolean()).isFalse();
    assertThat(folder.resolve("taforge-data")).doesNotExist();

    assertThat(taforge("init", "--json").json().get("ok").asBoolean()).isTrue();
    assertThat(taforge("init").code()).isZero();
    assertThat(taforge("init", "--verify-only").out()).contains("log-samples").contains("ok");
  }

  @Test
  void whatCannotBeReadOrFoundIsSaidInOneSentence() throws IOException {
    assertRefused(1, "missing.log cannot be found", "samples", "upload", "missing.log");
    Files.createDirectory(folder.resolve("folder"));
    assertRefused(1, "is a folder", "samples", "upload", "folder");
    assertRefused(1, "taforge init creates", "stats");
    taforge("init");
    String missing = "samples/" + ID + "/a.log";
    assertRefused(1, "there is no such log sample", "samples", "download", missing);
    assertThat(folder.resolve("a.log")).doesNotExist();
    file("x.log", "x");
    file("root", "a file");
    environment.put("STORAGE_ROOT", "root");
    assertRefused(1, "not a folder", "samples", "upload", "x.log");
  }

  @Test
  void aFileThatIsThereIsNotReplacedByChance() throws IOException {
    file("a.log", "stored");
    String key = uploaded("samples", "upload", "a.log");
    file("a.log", "precious");

    assertRefused(1, "a.log (name it with -o to replace it) is there", "samples", "download", key);
    assertThat(folder.resolve("a.log")).hasContent("precious");
    assertThat(taforge("samples", "download", key, "-o", "a.log").code()).isZero();
    assertThat(folder.resolve("a.log")).hasContent("stored");
  }

  @Test
  void wrongArgumentsAreWrongUsage() throws IOException {
    file("a.log", "x");
    assertRefused(2, "must not be empty", "samples", "upload", "a.log", "--name", "");
    assertRefused(2, "is not a file name", "samples", "upload", "a.log", "--name", "../x");
    assertRefused(2, "at most 255", "samples", "upload", "a.log", "--name", "x".repeat(300));
    assertRefused(2, "it must be a UUID", "samples", "upload", "a.log", "--request", "nonsense");
    assertRefused(2, "it must be a UUID", "samples", "list", "nonsense");
    assertRefused(2, "is not a bundle version", upload("0"));
    assertRefused(2, "is not a bundle version", upload("x"));
    assertRefused(2, "the key of a debug bundle", "samples", "download", "debug/" + ID + "/x.zip");
    assertRefused(2, "it must read samples/", "samples", "download", "samples/x");
    assertRefused(2, "content type", "samples", "upload", "a.log", "--content-type", "text");
    assertRefused(2, "taforge-", "samples", "upload", "a.log", "--meta", "taforge-x=1");
    assertRefused(
        2,
        "standard output",
        "samples",
        "download",
        "samples/" + ID + "/a.log",
        "-o",
        "-",
        "--json");
    assertRefused(2, "--run", "debug", "upload", "a.log");
    assertRefused(2, "nonsense", "nonsense");
    assertRefused(2, "--nonsense", "stats", "--nonsense");
    assertThat(folder.resolve("taforge-data")).doesNotExist();
  }

  private static String[] upload(String version) {
    return new String[] {"bundles", "upload", "a.log", "--request", ID, "--version", version};
  }

  @Test
  void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
    environment.put("MINIO_MAX_UPLOAD_SIZE_MB", "1");
    Files.write(folder.resolve("large.log"), new byte[(1 << 20) + 1]);
    input = new byte[(1 << 20) + 1];

    assertRefused(1, "at most 1 MB", "samples", "upload", "large.log");
    assertRefused(1, "at most 1 MB", "samples", "upload", "-");
    assertThat(taforge("stats", "--json").json().get("all").get("objects").asInt()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("taforge-data"))) {
      assertThat(files).noneMatch(each -> each.toString().endsWith(".part"));
    }
  }

  @Test
  void badSettingsAreWrongUsageAndUnknownOnesAWarning() {
    environment.put("STORAGE_BACKEND", "floppy");
    assertRefused(2, "STORAGE_BACKEND is 'floppy'; allowed is: filesystem, minio, s3", "stats");
    environment.put("STORAGE_BACKEND", "s3");
    assertRefused(2, "STORAGE_BACKEND is 's3'", "stats");
    environment.remove("STORAGE_BACKEND");
    environment.put("STORAGE_ROTT", "x");

    Ended ended = taforge("init");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("did you mean STORAGE_ROOT?");
  }

  @Test
  void verboseShowsTheStackTrace() {
    Ended ended = taforge("stats", "--verbose");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("StorageBucketException").contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "init",
        "samples",
        "samples upload",
        "samples list",
        "samples download",
        "samples delete",
        "bundles",
        "bundles upload",
        "bundles list",
        "bundles download",
        "bundles delete",
        "debug",
        "debug upload",
        "debug list",
        "debug download",
        "debug delete",
        "stats",
        "completion"
      })
  void helpIsEverywhereAndHasAnExample(String command) {
    List<String> words = Stream.of(command.split(" ")).filter(word -> !word.isEmpty()).toList();
    Ended ended =
        taforge(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: taforge").contains("Example");
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "samples", "bundles", "debug"})
  void halfACommandIsWrongUsage(String half) {
    String[] words = half.isEmpty() ? new String[0] : new String[] {half};
    assertThat(taforge(words).code()).isEqualTo(2);
    assertThat(taforge(words).err()).contains("Missing required subcommand");
  }

  @Test
  void shellsCanCompleteIt() {
    assertThat(taforge("completion", "bash").out()).contains("complete -F", "--verify-only");
    assertThat(taforge("completion", "zsh").out()).startsWith("autoload").contains("complete -F");
    assertRefused(2, "BASH, ZSH", "completion", "fish");
  }

  @Test
  void aMistypedOptionDoesNotReachTheStorage() {
    environment.put("STORAGE_ROOT", folder.resolve("x").toString());
    assertRefused(2, "--vrify-only", "init", "--vrify-only");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
