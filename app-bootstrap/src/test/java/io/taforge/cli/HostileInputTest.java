package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.config.SettingsReader;
import io.taforge.config.SettingsReport;
import io.taforge.storage.contract.HostileTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * That a hostile text in an argument, in a setting or in a file that is read comes to a sentence of
 * one line, leads out of no folder, and controls no terminal. {@code -Dhostile.arguments=N} tries
 * so many texts with each command, {@code -Dhostile.seed=N} others.
 */
class HostileInputTest extends CommandTest {
  private static final int MOST = Integer.getInteger("hostile.arguments", 8);
  private static final long SEED = Long.getLong("hostile.seed", 20261128L);
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final String TEXT = "\u0000TEXT\u0000";
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]|[\\x{80}-\\x{9f}]");

  /** Everything that takes a key, a name, metadata, an id or a number of somebody's. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("samples", "upload", "a.log", "--name", TEXT),
          List.of("samples", "upload", "a.log", "--meta", TEXT),
          List.of("samples", "upload", "a.log", "--meta", "a=" + TEXT),
          List.of("samples", "upload", "a.log", "--content-type", TEXT),
          List.of("samples", "upload", "a.log", "--request", TEXT),
          List.of("samples", "upload", TEXT),
          List.of("samples", "list", TEXT),
          List.of("samples", "download", TEXT),
          List.of("samples", "download", "samples/" + ID + "/" + TEXT, "-o", "copy"),
          List.of("samples", "delete", TEXT),
          List.of("samples", "delete", "samples/" + ID + "/" + TEXT),
          List.of("samples", "url", "samples/" + ID + "/" + TEXT),
          List.of("samples", "url", "samples/" + ID + "/a.log", "--expires", TEXT),
          List.of("bundles", "upload", "a.log", "--request", ID, "--version", TEXT),
          List.of("bundles", "download", "tas/" + ID + "/v" + TEXT),
          List.of("debug", "upload", "a.log", "--run", TEXT),
          List.of("debug", "list", TEXT),
          List.of("debug", "delete", "debug/" + TEXT),
          List.of("cleanup", "apply", TEXT),
          List.of("cleanup", "samples", "--max-delete", TEXT),
          List.of("init", "--force", "--bucket", TEXT),
          List.of("init", "--force", "--delete-everything-in", TEXT),
          List.of("policy", "--check", TEXT),
          List.of("policy", TEXT),
          List.of("completion", TEXT),
          List.of("serve", "--port", TEXT),
          List.of("links", "rotate", "--grace", TEXT),
          List.of(TEXT));

  private Path around;
  private int told;

  @BeforeEach
  void aFolderInAFolder() throws IOException {
    around = folder;
    folder = Files.createDirectory(around.resolve("here"));
    Files.writeString(around.resolve("neighbour"), "neighbour");
    Files.createDirectory(around.resolve("taforge-data"));
    environment.put("STORAGE_DURABILITY", "none");
    environment.put("ENABLE_AUDIT_LOGGING", "false");
    file("a.log", "x");
    taforge("init");
  }

  @Test
  void anArgumentIsRefusedInALineOrTakenAsItIs() throws IOException {
    int round = 0;
    for (List<String> command : COMMANDS) {
      for (String text : texts(MOST, round++, each -> isHarmless(command, each))) {
        List<String> words = command.stream().map(each -> each.replace(TEXT, text)).toList();
        check(words, taforge(words.toArray(String[]::new)));
      }
    }
    checkSurroundings();
    System.out.printf(
        "Reliability F2: command: %d arguments in %d places, 0 stack traces, 0 control characters, 0"
            + " files elsewhere (seed %d)%n",
        told, COMMANDS.size(), SEED);
  }

  /** What a person at the terminal may well mean: help, and a file of their own. */
  private static boolean isHarmless(List<String> command, String text) {
    return !text.startsWith("-o") && !text.startsWith("@/") && !isDevice(command, text);
  }

  /** Reading what never ends is no fault of the command's. */
  private static boolean isDevice(List<String> command, String text) {
    boolean isFile =
        command.equals(List.of("samples", "upload", TEXT))
            || command.get(0).equals("policy")
            || command.get(0).equals("cleanup");
    return isFile && (text.startsWith("/dev") || text.equals("-"));
  }

  @Test
  void aNameComesBackFromTheCommandAsItWent() throws IOException {
    int back = 0;
    for (String text : texts(MOST, 99, HostileInputTest::isName)) {
      if (text.startsWith("-")) {
        continue; // an option, as far as a command can tell
      }
      String key = uploaded("samples", "upload", "a.log", "--request", ID, "--name=" + text);
      assertThat(key).isEqualTo("samples/" + ID + "/" + text);
      assertThat(taforge("samples", "download", key, "-o", "-").out()).isEqualTo("x");
      assertThat(taforge("samples", "delete", key).code()).isZero();
      back++;
    }
    checkSurroundings();
    System.out.printf(
        "Reliability F2: command: %d strange names uploaded, downloaded and deleted (seed %d)%n",
        back, SEED);
  }

  private static boolean isName(String text) {
    try {
      return !FileName.of(text).value().isEmpty();
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  @Test
  void aSettingIsRefusedInALineOrTakenAsItIs() throws IOException {
    List<String> names =
        List.of(
            "STORAGE_BACKEND",
            "STORAGE_DURABILITY",
            "MINIO_BUCKET_SAMPLES",
            "MINIO_BUCKET_TAS",
            "SAMPLE_RETENTION_DAYS",
            "SAMPLE_RETENTION_ENABLED",
            "MINIO_MAX_UPLOAD_SIZE_MB",
            "STORAGE_LINK_ENDPOINT",
            "AUDIT_LOG_RETENTION_DAYS",
            "MINIO_REGION",
            "STORAGE_SPOOL_DIR",
            "STORAGE_CA_FILE",
            "MINIO_ENDPOINT",
            "MINIO_ENDPOINT_FILE",
            "STORAGE_ROOT_FILE",
            "STORAGE_WHATEVER");
    int round = 0;
    for (String name : names) {
      for (String text : texts(MOST / 3, 200 + round++, each -> true)) {
        for (String line : List.of(name + "=" + text, name + "=\"" + text + "\"", text + name)) {
          Files.write(folder.resolve(".env"), (line + "\n").getBytes(UTF_8));
          check(List.of(line), taforge("stats"));
          check(List.of(line), taforge("doctor"));
        }
        Files.delete(folder.resolve(".env"));
        environment.put(name, text);
        check(List.of(name, text), taforge("stats"));
        environment.remove(name);
      }
    }
    List<String> all = HostileTexts.all();
    for (int i = 0; i < all.size(); i++) {
      SettingsReport report =
          SettingsReader.report(Map.of(names.get(i % names.size()), all.get(i)), folder);
      assertThat(Stream.concat(report.problems().stream(), report.warnings().stream()))
          .allMatch(each -> !CONTROL.matcher(each).find() && each.lines().count() == 1);
      told++;
    }
    checkSurroundings();
    System.out.printf(
        "Reliability F2: settings: %d hostile values in .env and environment, 0 stack"
            + " traces, 0 control characters (seed %d)%n",
        told, SEED);
  }

  @Test
  void aPlanRemovesNothingThatIsNotInTheBucket() throws IOException {
    String head =
        "taforge-cleanup-plan\t1\nplanned\tlog-samples\t2026-11-24T10:15:30Z\t-\tPT720H\t0\tPT1H\n";
    List<String> lines =
        List.of(
            "sample\t" + TEXT + "\t3\t2026-01-01T00:00:00Z\tv1",
            "sample\tsamples/" + ID + "/" + TEXT + "\t3\t2026-01-01T00:00:00Z\tv1",
            "sample\tsamples/" + ID + "/a.log\t" + TEXT + "\t2026-01-01T00:00:00Z\tv1",
            "sample\tsamples/" + ID + "/a.log\t3\t" + TEXT + "\tv1",
            "sample\tsamples/" + ID + "/a.log\t3\t2026-01-01T00:00:00Z\t" + TEXT,
            "leftover\tLOG_SAMPLE\tFILE\t" + TEXT + "\t2026-01-01T00:00:00Z\t3",
            "leftover\tLOG_SAMPLE\tFILE\t" + TEXT + "/links\t2026-01-01T00:00:00Z\t3",
            "leftover\tLOG_SAMPLE\tFILE\t../../" + TEXT + "\t2026-01-01T00:00:00Z\t3",
            "leftover\tLOG_SAMPLE\tRECORD\t" + TEXT + "\t2026-01-01T00:00:00Z\t3",
            "leftover\tTA_BUNDLE\tUPLOAD\t" + TEXT + "\t2026-01-01T00:00:00Z\t3",
            "leftover\t" + TEXT + "\tFILE\ta\t2026-01-01T00:00:00Z\t3",
            "unclear\tsamples/" + ID + "/a.log\t" + TEXT + "\t" + TEXT,
            TEXT);
    uploaded("samples", "upload", "a.log", "--request", ID);
    taforge("samples", "url", "samples/" + ID + "/a.log"); // makes the file of the links' keys
    int round = 0;
    for (String line : lines) {
      for (String text : texts(MOST / 2, 300 + round++, each -> true)) {
        boolean isSample = line.startsWith("sample");
        String end =
            "end\t1\t3\t1\t3\t%d\t%d\t0\t0\t0\t0\t0\t0\t%d\t%d\t1\n"
                .formatted(
                    isSample ? 1 : 0,
                    isSample ? 3 : 0,
                    line.startsWith("leftover") ? 1 : 0,
                    line.startsWith("leftover") ? 3 : 0);
        String encoded = text.replace("%", "%25").replace("\n", "%0a").replace("\t", "%09");
        Files.write(
            folder.resolve("plan"),
            (head + line.replace(TEXT, encoded) + "\n" + end).getBytes(UTF_8));
        check(List.of(line, text), taforge("cleanup", "apply", "plan", "--max-delete", "100%"));
      }
    }
    assertThat(taforge("samples", "list", ID).out()).contains("/a.log");
    assertThat(folder.resolve("taforge-data/.taforge/links")).exists();
    checkSurroundings();
    System.out.printf(
        "Reliability F2: plans: %d with hostile texts applied, 0 removed anything, 0 stack traces"
            + " (seed %d)%n",
        told, SEED);
  }

  @Test
  void aTrailAndAPolicyOfSomebodyElsesAreReadToTheirEnd() throws IOException {
    environment.put("ENABLE_AUDIT_LOGGING", "true");
    taforge("stats");
    Path trail;
    try (Stream<Path> files = Files.list(folder.resolve("taforge-audit"))) {
      trail = files.filter(each -> each.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    byte[] before = Files.readAllBytes(trail);
    for (String text : texts(MOST * 2, 400, each -> !each.isEmpty())) {
      Files.write(trail, before);
      Files.write(trail, (text + "\n").getBytes(UTF_8), StandardOpenOption.APPEND);
      Ended ended = taforge("audit", "verify");
      check(List.of("audit", text), ended);
      assertThat(ended.code()).as(text).isEqualTo(1);
      file(
          "policy", "{\"Statement\":[{\"Sid\":" + json(text) + ",\"Effect\":" + json(text) + "}]}");
      check(List.of("policy", text), taforge("policy", "--check", "policy"));
      file("policy", text);
      check(List.of("policy", text), taforge("policy", "--check", "policy"));
    }
    checkSurroundings();
    System.out.printf(
        "Reliability F2: audit trails and policies: %d with hostile texts read, 0 stack traces, 0"
            + " control characters (seed %d)%n",
        told, SEED);
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(each -> json.append(String.format("\\u%04x", each)));
    return json.append('"').toString();
  }

  private void check(List<String> what, Ended ended) {
    told++;
    assertThat(ended.code()).as("%s: %s", what, ended.err()).isBetween(0, 2);
    assertThat(ended.err()).as("%s", what).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(CONTROL.matcher(ended.err()).find()).as("%s: %s", what, ended.err()).isFalse();
    assertThat(CONTROL.matcher(ended.out()).find()).as("%s: %s", what, ended.out()).isFalse();
    if (ended.code() == 2) {
      assertThat(ended.err().lines().filter(each -> each.startsWith("taforge: ")).count())
          .as("%s: %s", what, ended.err())
          .isPositive();
    }
    assertThat(ended.err().lines())
        .as("%s: one event, one line", what)
        .allMatch(each -> each.startsWith("taforge: ") || each.startsWith("send the header"));
  }

  /** What was there is there, as it was, and nothing else. */
  private void checkSurroundings() throws IOException {
    try (Stream<Path> files = Files.list(around)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("here", "neighbour", "taforge-data");
    }
    assertThat(around.resolve("neighbour")).hasContent("neighbour");
    assertThat(around.resolve("taforge-data")).isEmptyDirectory();
  }

  private static List<String> texts(int most, int round, Predicate<String> wanted) {
    List<String> all = new ArrayList<>(HostileTexts.all());
    all.removeIf(wanted.negate());
    Collections.shuffle(all, new Random(SEED + round));
    return all.subList(0, Math.min(most, all.size()));
  }
}
