package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taforge.config.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a process of its own shows: which classes it loads, and what it finds by itself. */
class TaforgeProcessTest extends CommandTest {
  private static final Map<Backend, List<String>> SDKS =
      Map.of(
          Backend.FILESYSTEM, List.of("org.apache.commons.vfs2."),
          Backend.MINIO, List.of("io.minio.", "okhttp3."),
          Backend.S3, List.of("software.amazon."));

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theChosenSdkIsLoadedAndNoOther(Backend chosen) throws Exception {
    environment.putAll(settings(chosen));
    taforge("init");
    file("a.log", "x");

    List<String> loaded = loadedBy("samples", "upload", "a.log");
    SDKS.forEach(
        (backend, packages) ->
            packages.forEach(
                each -> {
                  Stream<String> ofSdk = loaded.stream().filter(name -> name.startsWith(each));
                  if (backend == chosen) {
                    assertThat(ofSdk).as("classes of %s", each).isNotEmpty();
                  } else {
                    assertThat(ofSdk).as("classes of %s", each).isEmpty();
                  }
                }));
  }

  /** Nobody would notice this, either: it would take a tenth of a second. */
  @ParameterizedTest
  @EnumSource(value = Backend.class, names = "FILESYSTEM", mode = EnumSource.Mode.EXCLUDE)
  void nobodyReadsCertificatesForPlainHttp(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    taforge("init");

    assertThat(loadedBy("stats")).noneMatch(name -> name.startsWith("sun.security.ssl.TrustStore"));
  }

  @Test
  void whoHasNoCredentialsIsToldSo() throws Exception {
    environment.putAll(settings(Backend.S3));
    environment.keySet().removeAll(Set.of("MINIO_ACCESS_KEY", "MINIO_SECRET_KEY"));
    environment.put("AWS_EC2_METADATA_DISABLED", "true");

    Ended ended = inItsOwnJvm("-Duser.home=" + folder, "stats");
    assertThat(ended.err())
        .startsWith("taforge: ")
        .endsWith("no credentials were given, and the AWS SDK has found none\n")
        .hasLineCount(1);
    assertThat(ended.code()).isEqualTo(1);
  }

  /** Nobody would notice if it failed: the command would only start more slowly. */
  @ParameterizedTest
  @EnumSource(Backend.class)
  void aRehearsalStoresOnItsOwnServer(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    environment.put("MINIO_ENDPOINT", "http://127.0.0.1:1");
    environment.put("STORAGE_ATTEMPTS", "1");
    Path log = Files.writeString(folder.resolve("warm.log"), "warm\n");

    Process process =
        start(
            Rehearsal.class,
            "-Dtaforge.process=rehearsal",
            "rehearsal",
            "samples",
            "upload",
            log.toString(),
            "--json");
    assertThat(ended(process, "rehearsal").json().path("size").asLong()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void twoProcessesMayInitialiseAtOnce(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    environment.put("ENABLE_AUDIT_LOGGING", "false");
    Process one = start("-Dtaforge.process=one", "one", "init", "--json");
    Process two = start("-Dtaforge.process=two", "two", "init", "--json");

    List<JsonNode> answers = List.of(ended(one, "one").json(), ended(two, "two").json());
    for (JsonNode each : answers) {
      assertThat(each.get("ok").asBoolean()).isTrue();
      assertThat(each.findValuesAsText("check")).containsOnly("exists").hasSize(3);
    }
    List<String> statuses =
        answers.stream().flatMap(each -> each.findValuesAsText("status").stream()).toList();
    assertThat(statuses).isSubsetOf("created", "ok");
    if (backend == Backend.FILESYSTEM) {
      assertThat(statuses).filteredOn("created"::equals).hasSize(3);
    } else { // a server may tell both that they have created one and the same bucket
      assertThat(statuses).filteredOn("created"::equals).hasSizeBetween(3, 6);
    }
    assertThat(taforge("init", "--verify-only").code()).isZero();
  }

  /** The names of all classes that a JVM loads which runs this command and nothing else. */
  private List<String> loadedBy(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    Ended ended = inItsOwnJvm("-Xlog:class+load:file=" + log + "::filecount=0", arguments);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" source: "))
          .map(line -> line.replaceAll("^(\\[[^]]*\\])*\\s*(\\S+) source: .*", "$2"))
          .toList();
    }
  }

  private Ended inItsOwnJvm(String option, String... arguments)
      throws IOException, InterruptedException {
    return ended(start(option, "process", arguments), "process");
  }

  /** With no variables but those of the test. */
  private Process start(String option, String name, String... arguments) throws IOException {
    return start(Taforge.class, option, name, arguments);
  }

  private Process start(Class<?> main, String option, String name, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .directory(folder.toFile())
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private Ended ended(Process process, String name) throws IOException, InterruptedException {
    return new Ended(
        process.waitFor(),
        Files.readAllBytes(folder.resolve(name + ".out")),
        Files.readString(folder.resolve(name + ".err")));
  }
}
