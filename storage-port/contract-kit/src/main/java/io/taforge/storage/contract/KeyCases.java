package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Area C: every name that is allowed stays itself, and is no other. What is not allowed is refused
 * by the types; what only looks like it must not be refused by a store.
 */
abstract class KeyCases extends ContractCases {
  /** Characters that are something else in a URL, and names that look encoded. */
  static final List<String> MEANT_IN_URLS =
      List.of(
          "a b",
          "a+b",
          "a%20b",
          "a%2Bb",
          "a%2Fb",
          "a%2fb",
          "100%",
          "%",
          "%zz",
          "#1",
          "a&b=c",
          "a;b",
          "a@b",
          "a=b",
          "~a",
          "a,b",
          "a'b",
          "(a)[b]{c}",
          "{request_id}.log",
          "$HOME",
          "`id`");

  private static final int LONGEST_NAME = 255;

  @Case("C01")
  void composedUnicodeStaysAndDecomposedIsRefused() {
    String composed = "d\u00e9j\u00e0-\u1e69.log";
    assertDistinct(composed, "\u65e5\u672c\u8a9e.log", "\ud83d\ude00.log", "deja.log");
    assertNoName(Normalizer.normalize(composed, Normalizer.Form.NFD));
  }

  @Case("C02")
  void charactersWithAMeaningInUrlsHaveNone() {
    assertDistinct(MEANT_IN_URLS.toArray(String[]::new));
    assertNoName("a?b");
  }

  @Case("C03")
  void pathsThatLeadElsewhereAreRefusedAndWhatLooksLikeThemIsNot() {
    String folder = "samples/" + request + "/";
    for (String key :
        List.of(
            folder + "../a.log",
            folder + "./a.log",
            folder + "..",
            folder + ".",
            "/" + folder + "a.log",
            folder + "/a.log",
            folder + "a.log/",
            folder,
            folder + "a/b.log",
            "../" + folder + "a.log",
            "samples/../samples/" + request + "/a.log",
            "")) {
      assertThatThrownBy(() -> Artifact.at(key)).as(key).isInstanceOf(InvalidKeyException.class);
    }
    assertDistinct("%2e%2e", "%2E%2E%2Fa", "..%2f..%2fa", "...a", "..a", "%2e");
  }

  @Case("C04")
  void controlCharactersAreRefusedAndWhatLooksLikeThemIsNot() {
    for (int control : new int[] {0, 1, '\t', '\n', '\r', 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0x2028}) {
      assertNoName("a" + Character.toString(control) + "b");
    }
    assertNoName("a\ud800b");
    assertNoName("a\uffffb");
    assertDistinct("a%00b", "a%0Ab", "a%0D%0Ab", "a\u2400b", "a\u00a0b", "a\ufffdb");
  }

  @Case("C05")
  void backslashesAreRefusedAndWhatLooksLikeThemIsNot() {
    assertNoName("a\\b");
    assertNoName("..\\a");
    assertDistinct("a%5Cb", "a%5cb", "a\uff3cb", "a\u2216b");
  }

  @Case("C06")
  void theLongestKeysAreKeptAndLongerOnesRefused() {
    String longest = "x".repeat(LONGEST_NAME);
    String multibyte = "\u00e9".repeat(LONGEST_NAME / 2) + "x";
    assertDistinct(longest, "x".repeat(LONGEST_NAME - 1), "x".repeat(100), multibyte);
    assertNoName(longest + "x");
    assertNoName("\u00e9".repeat(LONGEST_NAME / 2 + 1));
    String key = "samples/" + "a/".repeat(ArtifactKey.MAX_BYTES / 2);
    assertThat(ArtifactKey.of(key.substring(0, ArtifactKey.MAX_BYTES - 1)).value()).isNotEmpty();
    assertThatThrownBy(() -> ArtifactKey.of(key.substring(0, ArtifactKey.MAX_BYTES) + "b"))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Case("C07")
  void namesThatDifferInCaseAreTwo() {
    assertDistinct("access.log", "Access.log", "ACCESS.LOG", "\u00e9.log", "\u00c9.log");
  }

  @Case("C08")
  void whatHasTheNameOfAFolderIsNotThatFolder() {
    String id = request.toString();
    ValidationRunId run = ValidationRunId.parse(id);
    RevisionId revision = RevisionId.parse(id);
    List<Artifact> all = new ArrayList<>();
    for (String name : List.of(id, id + ".log", "samples", "tas", "debug", "v1", id + ".tgz")) {
      all.add(sample(name));
      all.add(new DebugBundle(run, FileName.of(name)));
    }
    for (int version : new int[] {1, 10, 11, Integer.MAX_VALUE}) {
      all.add(new TaBundle(request, BundleVersion.of(version), revision));
    }
    assertDistinct(all);
    for (ArtifactKind kind : ArtifactKind.values()) {
      assertThat(listed(kind))
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(each -> each.kind() == kind).toList());
    }
  }

  @Case("C09")
  void namesThatAStoreMightUseItselfAreFree() {
    assertDistinct(
        "a.log",
        ".a.log",
        "a.log.meta",
        "a.log.json",
        ".taforge",
        ".taforge-1.part",
        "taforge",
        "a.log.tmp",
        "a.log.part",
        "a.log.lock",
        ".lock",
        ".meta",
        "xl.meta",
        "a.log~",
        "#a.log#",
        ".DS_Store",
        "desktop.ini",
        "lost+found",
        ".upload",
        "work",
        "alive",
        "-rf",
        "--help");
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).hasSize(23);
  }

  @Case("C10")
  void namesOfWindowsDevicesAreRefusedAndWhatLooksLikeThemIsNot() {
    for (String device :
        List.of("CON", "con", "nul.txt", "NUL", "PRN.log", "aux", "COM1", "com9.log", "LPT1.a")) {
      assertNoName(device);
    }
    for (String windows : List.of("a:b", "a|b", "a*b", "a<b", "a>b", "a\"b", "a.", "a ")) {
      assertNoName(windows);
    }
    assertDistinct("CONSOLE", "con1", "a.con", "nul-1.log", "com10", "LPT", "auxiliary", "_prn");
  }

  @Case("C11")
  void linksInTheSpaceLeadNowhere() throws IOException {
    Backdoor door = need(harness().backdoor(), "backdoor");
    Path outside = Files.createTempDirectory("taforge-outside");
    try {
      Path secret = Files.writeString(outside.resolve("secret.log"), "secret");
      LogSample linked = sample("secret.log");
      if (!door.plantLink(linked, false, secret)) {
        abort("the backend has no links");
      }
      assertLinkLeadsNowhere(linked, secret);

      LogSample inLinkedFolder = new LogSample(RequestId.random(), FileName.of("secret.log"));
      door.plantLink(inLinkedFolder, true, outside);
      assertLinkLeadsNowhere(inLinkedFolder, secret);
      try (Stream<Path> files = Files.list(outside)) {
        assertThat(files).as("what is outside").containsExactly(secret);
      }
    } finally {
      try (Stream<Path> files = Files.walk(outside)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Tries everything; what of it fails is up to the store. */
  private void assertLinkLeadsNowhere(LogSample linked, Path secret) throws IOException {
    assertThat(contentBehind(linked)).isNotEqualTo("secret");
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).doesNotContain(linked);
    trying(() -> put(linked, "overwritten".getBytes(StandardCharsets.UTF_8)));
    trying(() -> put(new LogSample(linked.request(), FileName.of("new.log")), new byte[1]));
    assertThat(secret).hasContent("secret");
    trying(() -> store.delete(linked));
    trying(() -> store.deleteMany(List.of(linked)));
    assertThat(secret).hasContent("secret");
  }

  private String contentBehind(LogSample linked) {
    try {
      return new String(read(linked), StandardCharsets.UTF_8);
    } catch (StorageException e) {
      return e.toString();
    }
  }

  private static void trying(Runnable call) {
    try {
      call.run();
    } catch (StorageException e) {
      // to refuse it is one of the right answers
    }
  }

  private static void assertNoName(String name) {
    assertThatThrownBy(() -> FileName.of(name)).isInstanceOf(InvalidKeyException.class);
  }

  private void assertDistinct(String... names) {
    assertDistinct(Stream.of(names).map(this::sample).toList());
  }

  /** Each of these is stored, found, read, and deleted under its own name, and no other. */
  private void assertDistinct(List<? extends Artifact> artifacts) {
    for (Artifact artifact : artifacts) {
      assertThat(store.put(artifact, ContentSource.of(content(artifact)), PutOptions.defaults()))
          .satisfies(stored -> assertThat(stored.artifact()).isEqualTo(artifact));
    }
    List<Artifact> listed =
        Stream.of(ArtifactKind.values()).flatMap(kind -> listed(kind).stream()).toList();
    assertThat(listed).containsAll(artifacts);
    for (Artifact artifact : artifacts) {
      assertThat(store.find(artifact)).as("%s", artifact).isPresent();
      assertThat(read(artifact)).as("%s", artifact).isEqualTo(content(artifact));
    }
    Artifact first = artifacts.get(0);
    store.delete(first);
    assertThat(store.find(first)).isEmpty();
    for (Artifact artifact : artifacts.subList(1, artifacts.size())) {
      assertThat(store.find(artifact)).as("%s beside %s", artifact, first).isPresent();
    }
    put(first, content(first));
  }

  private static byte[] content(Artifact artifact) {
    return artifact.key().value().getBytes(StandardCharsets.UTF_8);
  }
}
