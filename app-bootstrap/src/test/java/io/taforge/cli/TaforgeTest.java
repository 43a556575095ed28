package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a person or a script sees it: exit code, standard output, standard error. */
class TaforgeTest extends CommandTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

  @Test
  void theFirstUploadMakesTheFolder() throws IOException {
    file("a.log", "x");

    assertThat(uploaded("samples", "upload", "a.log")).startsWith("samples/");
    assertThat(folder.resolve("taforge-data")).isDirectory();
  }

  @Test
  void whatCannotBeReadOrFoundIsSaidInOneSentence() throws IOException {
    assertRefused(1, "missing.log cannot be found", "samples", "upload", "missing.log");
    Files.createDirectory(folder.resolve("folder"));
    assertRefused(1, "is a folder", "samples", "upload", "folder");
    file("x.log", "x");
    file("root", "a file");
    environment.put("STORAGE_ROOT", "root");
    assertRefused(1, "not a folder", "samples", "upload", "x.log");
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
  void badSettingsAreWrongUsageAndUnknownOnesAWarning() {
    environment.put("STORAGE_BACKEND", "floppy");
    assertRefused(2, "STORAGE_BACKEND is 'floppy'; allowed is: filesystem, minio, s3", "stats");
    environment.put("STORAGE_BACKEND", "minio");
    assertRefused(2, "STORAGE_BACKEND is 'minio', which needs MINIO_ENDPOINT", "stats");
    environment.put("MINIO_ENDPOINT", "https://s3.example.com");
    environment.put("MINIO_ACCESS_KEY", "someone");
    assertRefused(2, "MINIO_SECRET_KEY is not", "stats");
    environment.put("MINIO_SECRET_KEY", "hush");
    environment.put("STORAGE_CA_FILE", "missing.pem");
    assertRefused(2, "STORAGE_CA_FILE cannot be used", "stats");
    environment.clear();
    environment.put("MINIO_MAX_UPLOAD_SIZE_MB", "many");
    assertRefused(2, "MINIO_MAX_UPLOAD_SIZE_MB is 'many'", "stats");
    environment.clear();
    environment.put("STORAGE_ROTT", "x");

    Ended ended = taforge("init");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("did you mean STORAGE_ROOT?");
  }

  @Test
  void statsTellWhatTheNextCleanupWouldFree() throws IOException {
    admitAnything();
    file("a.log", "12345");
    uploaded("samples", "upload", "a.log");
    uploaded("debug", "upload", "a.log", "--run", ID);
    clock = Clock.offset(clock, Duration.ofDays(31));

    assertThat(taforge("stats").out())
        .endsWith("\nthe next cleanup would free 5 B: 1 expired log samples\n")
        .contains("  under 90 d        1  5 B  ####")
        .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80));
    JsonNode expired = taforge("stats", "--json").json().get("expired");
    assertThat(expired.get("objects").asInt()).isEqualTo(1);
    assertThat(expired.get("bytes").asInt()).isEqualTo(5);
    environment.put("SAMPLE_RETENTION_ENABLED", "false");
    assertThat(taforge("stats").out()).contains("0 expired log samples");
  }

  @Test
  void statsTellWhatDeadWritersHaveLeft() throws IOException {
    taforge("init");
    assertThat(taforge("stats").out()).doesNotContain("LEFT OF WRITES");
    Path work =
        Files.createDirectories(
            folder.resolve(Path.of("taforge-data", ".taforge", "work", "1-dead")));
    Files.write(work.resolve("tas-1.part"), new byte[2048]);

    assertThat(taforge("stats").out())
        .contains("LEFT OF WRITES  COUNT  SIZE  OF UNKNOWN SIZE\n")
        .contains("TA bundles      1      2 KB  0\n");
    JsonNode stats = taforge("stats", "--json").json();
    assertThat(stats.at("/ta_bundles/leftovers/objects").asInt()).isEqualTo(1);
    assertThat(stats.at("/ta_bundles/leftovers/bytes").asInt()).isEqualTo(2048);
    assertThat(stats.at("/ta_bundles/leftovers/of_unknown_size").asInt()).isZero();
    assertThat(stats.at("/log_samples/leftovers/objects").asInt()).isZero();
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
        "samples url",
        "bundles",
        "bundles upload",
        "bundles list",
        "bundles download",
        "bundles delete",
        "bundles url",
        "debug",
        "debug upload",
        "debug list",
        "debug download",
        "debug delete",
        "debug url",
        "stats",
        "doctor",
        "retention",
        "retention native",
        "serve",
        "links",
        "links rotate",
        "audit",
        "audit verify",
        "policy",
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
  @ValueSource(strings = {"", "samples", "bundles", "debug", "links", "audit", "retention"})
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
  void whatIsDestroyedMustBeNamedRight() {
    String allowed = "allowed is: log-samples, ta-artifacts, debug-bundles";
    assertRefused(2, allowed, "init", "--force", "--delete-everything-in", "log-sample");
    assertRefused(2, allowed, "init", "--force", "--bucket", "");
    assertRefused(
        2,
        "allowed is: log-samples",
        "init",
        "--force",
        "--bucket",
        "log-samples",
        "--delete-everything-in",
        "ta-artifacts");
    assertRefused(2, "need --force", "init", "--delete-everything-in", "log-samples");
    assertRefused(2, "changes nothing", "init", "--force", "--verify-only");
    assertThat(folder.resolve("taforge-data")).doesNotExist();
  }

  @Test
  void aMistypedOptionDoesNotReachTheStorage() {
    environment.put("STORAGE_ROOT", folder.resolve("x").toString());
    assertRefused(2, "--vrify-only", "init", "--vrify-only");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
