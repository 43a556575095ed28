package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.adapter.filesystem.FilesystemArtifactStore;
import io.taforge.adapter.filesystem.FilesystemSettings;
import io.taforge.config.Backend;
import io.taforge.config.SettingsException;
import io.taforge.config.SettingsReader;
import io.taforge.storage.StorageException;
import io.taforge.storage.contract.SecretScan;
import io.taforge.testbed.ClosedPort;
import io.taforge.testbed.Fault;
import io.taforge.testbed.FaultProxy;
import io.taforge.testbed.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the command tells no secret, whatever goes wrong and however much it is asked to tell. */
class SecretsTest extends CommandTest {
  private static final String CANARY = "kanarienvogel-kanarienvogel-kanarienvogel";
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("doctor"),
          List.of("stats"),
          List.of("init", "--verify-only"),
          List.of("samples", "upload", "a.log", "--request", ID),
          List.of("samples", "list", ID),
          List.of("samples", "download", "samples/" + ID + "/a.log", "-o", "copy", "--force"),
          List.of("cleanup", "samples"),
          List.of("retention", "native", "--diff"));

  private final SecretScan scan = SecretScan.of(Map.of("the secret", CANARY));
  private int failed;
  private int turn;

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"S3", "MINIO"})
  void noFailureOnTheWayToAServerTellsTheKey(Backend backend) throws IOException {
    file("a.log", "content");
    scan.know("the server's", S3ProxyServer.running().owner().secret());
    environment.putAll(settings(backend));
    environment.put("MINIO_CONNECTION_TIMEOUT", "1");
    environment.put("MINIO_READ_TIMEOUT", "1");
    environment.put("STORAGE_ATTEMPTS", "1");
    taforge("init");
    try (FaultProxy proxy = FaultProxy.to(S3ProxyServer.running().endpoint());
        ClosedPort nobody = new ClosedPort()) {
      environment.put("MINIO_ENDPOINT", proxy.endpoint().toString());
      for (Map.Entry<String, Fault> fault : faults().entrySet()) {
        proxy.injectAlways(fault.getValue());
        tryAll(fault.getKey(), true);
        proxy.heal();
      }
      tryAll("nothing is wrong", false);
      environment.put("MINIO_ENDPOINT", nobody.endpoint().toString());
      tryAll("nobody there", true);
      environment.put(
          "MINIO_ENDPOINT",
          S3ProxyServer.running().endpoint().toString().replace("http:", "https:"));
      tryAll("no TLS", true);
      environment.put("MINIO_ENDPOINT", proxy.endpoint().toString());
      environment.put("MINIO_SECRET_KEY", CANARY);
      tryAll("wrong key", false);
      environment.put("MINIO_ENDPOINT", "http://jo:" + CANARY + "@127.0.0.1");
      tryAll("user in the endpoint", false);
      environment.put("MINIO_ENDPOINT", "http://jo:" + CANARY + "@no_host:x");
      tryAll("user in no endpoint", false);
    }
    tell(backend.toString());
  }

  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("signature", Fault.refusal(403, "SignatureDoesNotMatch"));
    faults.put("malformed", Fault.refusal(400, "MalformedXML"));
    faults.put("login page", Fault.loginPage());
    faults.put("cut", Fault.cutAfter(3));
    faults.put("flipped bit", Fault.flippedBitAt(3));
    return faults;
  }

  /** The password of a file system, and the key that links to a folder are signed with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://jo:" + CANARY + "@127.0.0.1:1/x",
        "sftp://jo:" + CANARY + "@127.0.0.1:1/x",
        "ftp://jo:a/" + CANARY + "@127.0.0.1:1/x",
        "ftp://" + CANARY + "@127.0.0.1:1/x",
        "http://jo:" + CANARY + "@127.0.0.1:1/x",
        "zip:ftp://jo:" + CANARY + "@127.0.0.1:1/x.zip!/a",
        "nonsense://jo:" + CANARY + "@host/x"
      })
  void noFailureOfARootTellsItsPassword(String root) throws IOException {
    file("a.log", "content");
    environment.put("STORAGE_ROOT", root);
    tryAll("root " + root.substring(0, 4), false);
    scan.look("the settings", SettingsReader.read(environment, folder).toString());
    scan.look("the report", SettingsReader.report(environment, folder).toString());
    FilesystemSettings settings = FilesystemSettings.at(root);
    scan.look("the adapter's settings", settings.toString());
    try (FilesystemArtifactStore store = FilesystemArtifactStore.open(settings)) {
      scan.look("the store", store.toString());
      store.createBuckets();
      scan.look("verify", store.verifyBuckets().toString());
    } catch (StorageException e) {
      scan.look("open", e);
    }
    tell("a root with a password");
  }

  @Test
  void noFailureOfAFolderTellsTheKeyOfItsLinks() throws IOException {
    file("a.log", "content");
    taforge("init");
    uploaded("samples", "upload", "a.log", "--request", ID);
    String url = taforge("samples", "url", "samples/" + ID + "/a.log").out().strip();
    scan.know("a link", url.replaceFirst(".*signature=", ""));
    Path book = folder.resolve("taforge-data/.taforge/links");
    String keys = Files.readString(book);
    scan.know(
        "the key of the links", keys.replaceFirst("(?s).*key [0-9a-f]{16} ([0-9a-f]{64}).*", "$1"));
    tryAll("nothing is wrong", false);
    for (String damaged :
        List.of(
            keys.replace("key ", "kez "),
            keys + "x",
            keys.strip(),
            keys.replace("links 1", "links 2"))) {
      Files.writeString(book, damaged);
      look("damaged", taforge("samples", "url", "samples/" + ID + "/a.log", "--verbose"));
      look("damaged", taforge("links", "rotate", "--verbose"));
      tryAll("damaged", false);
    }
    Files.writeString(book, keys);
    look("rotated", taforge("links", "rotate", "--json"));
    Files.writeString(
        folder.resolve("taforge-data/log-samples/samples/" + ID + "/a.log"), "tampered");
    tryAll("corrupted", false);
    tell("a folder");
  }

  @Test
  void noMistakeInASettingTellsIt() throws IOException {
    file("a.log", "content");
    Map<String, String> mistakes = new HashMap<>();
    mistakes.put("MINIO_ENDPOINT", "http://jo:" + CANARY + "@no_host:x/y?" + CANARY);
    mistakes.put("STORAGE_LINK_ENDPOINT", "http://jo:" + CANARY + "@no_host");
    mistakes.put("MINIO_SECRET_KEYS", CANARY);
    mistakes.put("MINIO_SECRET_KEY", CANARY);
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      for (String backend : List.of("minio", "s3", "filesystem")) {
        environment.clear();
        environment.put("STORAGE_BACKEND", backend);
        environment.put("MINIO_ACCESS_KEY", "jo");
        environment.put(mistake.getKey(), mistake.getValue());
        tryAll(mistake.getKey(), false);
      }
    }
    environment.clear();
    for (String line :
        List.of(
            "MINIO_SECRET_KEY " + CANARY,
            "MINIO_SECRET_KEY: " + CANARY,
            "MINIO_SECRET_KEY=\"" + CANARY,
            CANARY,
            "MINIO_SECRET_KEY==" + CANARY + "\nSTORAGE_BACKEND=minio")) {
      file(".env", line);
      tryAll(".env", false);
    }
    Files.delete(folder.resolve(".env"));
    file("secret", CANARY + "\n" + CANARY);
    for (String name :
        List.of("MINIO_ENDPOINT_FILE", "STORAGE_BACKEND_FILE", "MINIO_REGION_FILE")) {
      environment.clear();
      environment.put(name, "secret");
      tryAll(name, false);
    }
    try {
      SettingsReader.read(Map.of("STORAGE_BACKEND", "s3", "MINIO_SECRET_KEY", CANARY), folder);
    } catch (SettingsException e) {
      scan.look("settings", e);
    }
    tell("settings");
  }

  /** Half of the commands, and the other half the next time. */
  private void tryAll(String what, boolean isFailure) throws IOException {
    for (int i = turn++ % 2; i < COMMANDS.size(); i += 2) {
      List<String> command = COMMANDS.get(i);
      Stream<String> talkative = Stream.of("--verbose", turn % 3 == 0 ? "--json" : "--verbose");
      Ended ended =
          taforge(Stream.concat(command.stream(), talkative.distinct()).toArray(String[]::new));
      failed += ended.code() == 0 ? 0 : 1;
      look(what + ": " + command, ended);
    }
    if (isFailure) {
      assertThat(failed).as(what).isPositive();
    }
  }

  private void look(String where, Ended ended) throws IOException {
    scan.look(where + ", standard output", ended.out());
    scan.look(where + ", standard error", ended.err());
  }

  private void tell(String where) throws IOException {
    Path trail = folder.resolve("taforge-audit");
    if (Files.isDirectory(trail)) {
      try (Stream<Path> files = Files.list(trail)) {
        for (Path each : files.toList()) {
          scan.look("the audit trail", Files.readString(each));
        }
      }
    }
    System.out.printf(
        "Reliability Z1: command on %s: %d runs failed, %d texts of theirs and of the audit trail:"
            + " %d tell a secret%n",
        where, failed, scan.looks(), scan.hits().size());
    assertThat(scan.hits()).isEmpty();
  }
}
