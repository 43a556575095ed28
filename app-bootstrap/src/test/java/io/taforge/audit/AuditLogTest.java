package io.taforge.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taforge.artifact.Artifact;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who did what, and that nobody changes it afterwards without being found out. */
class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");
  private static final RequestId REQUEST = RequestId.random();
  private static final Artifact SAMPLE = new LogSample(REQUEST, FileName.of("ö q.log"));

  /** So many changes are tried; {@code -Daudit.changes=10000} tries more. */
  private static final int CHANGES = Integer.getInteger("audit.changes", 1000);

  private static final long SEED = Long.getLong("audit.seed", 20261124L);

  private static final FailureContext CONTEXT = FailureContext.of(Operation.PUT);

  @TempDir Path folder;

  private Path trail;
  private AuditLog log;
  private InMemoryArtifactStore store;
  private ObjectStorageClient client;

  @BeforeEach
  void open() {
    trail = folder.resolve("trail");
    log = log(NOW);
    store = new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC()));
    store.createBuckets();
    client =
        new ObjectStorageClient(store, UploadLimit.ofMegabytes(1))
            .recordedBy(log, at(NOW))
            .onBehalfOf(new Caller("jo\nhn", "c-1"));
  }

  private AuditLog log(Instant time) {
    return new AuditLog(trail, Duration.ofDays(30), true, at(time));
  }

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  @Test
  void eachOperationIsOneLineInTheNamesThatPeopleSearchFor() throws IOException {
    client.upload(SAMPLE, ContentSource.of(new byte[3]), PutOptions.defaults());
    client.find(SAMPLE);
    client.download(SAMPLE).close();
    client.link(LinkRequest.download(SAMPLE));
    client.samplesOf(REQUEST).toList();
    client.storageStats();
    client.delete(SAMPLE);
    client.initializeBuckets();
    client.verifyBuckets();

    List<JsonNode> lines = lines();
    assertThat(lines)
        .extracting(each -> each.get("event").asText())
        .containsExactly(
            "log_sample_uploaded",
            "log_sample_looked_up",
            "log_sample_downloaded",
            "log_sample_link_signed",
            "log_samples_listed",
            "statistics_made",
            "log_sample_deleted",
            "buckets_initialized",
            "buckets_verified");
    JsonNode upload = lines.get(0);
    assertThat(upload.get("request_id").asText()).isEqualTo(REQUEST.toString());
    assertThat(upload.get("storage_key").asText()).isEqualTo(SAMPLE.key().value());
    assertThat(upload.get("timestamp").asText()).isEqualTo("2026-11-24T10:15:30Z");
    assertThat(upload.get("user_id").asText()).isEqualTo("jo\nhn");
    assertThat(upload.get("correlation_id").asText()).isEqualTo("c-1");
    assertThat(upload.get("outcome").asText()).isEqualTo("succeeded");
    assertThat(upload.get("size").asLong()).isEqualTo(3);
    assertThat(upload.get("sha256").asText()).isEqualTo(Sha256.of(new byte[3]).hex());
    assertThat(upload.get("dry_run").asBoolean()).isFalse();
    assertThat(Files.readString(file())).as("no link").doesNotContain("signature");
    assertThat(AuditVerification.of(trail).isWhole()).isTrue();
  }

  @Test
  void whatFailsIsRecordedAsWell() throws IOException {
    assertThatThrownBy(() -> client.download(SAMPLE)).isInstanceOf(StorageNotFoundException.class);
    assertThatThrownBy(
            () ->
                client.upload(SAMPLE, ContentSource.of(new byte[2_000_000]), PutOptions.defaults()))
        .isInstanceOf(StorageQuotaExceededException.class);
    assertThat(client.find(SAMPLE)).isEmpty();

    assertThat(lines())
        .extracting(each -> each.get("outcome").asText() + " " + each.path("failure").asText("-"))
        .containsExactly(
            "failed StorageNotFoundException",
            "failed StorageQuotaExceededException",
            "succeeded -");
  }

  @Test
  void anyLineThatIsEditedRemovedAddedOrMovedIsFound() throws IOException {
    for (int i = 0; i < 40; i++) {
      log(NOW.plus(Duration.ofDays(i / 10))).record(event("event_" + i));
    }
    List<Path> files = new ArrayList<>(AuditFiles.in(trail).days().values());
    assertThat(files).hasSize(4);
    assertThat(AuditVerification.of(trail).lines()).isEqualTo(40);
    Random random = new Random(SEED);
    int found = 0;
    int missedWithoutChain = 0;
    for (int i = 0; i < CHANGES; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] before = Files.readAllBytes(file);
      tamper(file, random, i);
      AuditVerification verification = AuditVerification.of(trail);
      assertThat(verification.isWhole())
          .as("change %d of %s: %s", i, file.getFileName(), verification)
          .isFalse();
      found++;
      missedWithoutChain += isEachLineRight(file) ? 1 : 0;
      Files.write(file, before);
    }
    System.out.printf(
        "Reliability A1: %d changes of an audit trail, %d found, 0 missed (seed %d)%n",
        CHANGES, found, SEED);
    System.out.printf(
        "Reliability A1 control: a verification that looks at each line alone misses %d of %d%n",
        missedWithoutChain, found);
    assertThat(missedWithoutChain).as("what only the chain can tell").isPositive();
    assertThat(AuditVerification.of(trail).isWhole()).isTrue();
  }

  /** What a verification without the chain would look at. */
  private static boolean isEachLineRight(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new String(bytes, ISO_8859_1)
        .lines()
        .map(each -> new String(each.getBytes(ISO_8859_1), UTF_8))
        .allMatch(each -> AuditLine.parse(each).isPresent());
  }

  private static void tamper(Path file, Random random, int kind) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int place = random.nextInt(lines.size());
    switch (kind % 7) {
      case 0 -> { // a bit of it
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(7));
        Files.write(file, bytes);
        return;
      }
      case 5 -> { // what readers of text take for the end of a line, too
        String text = Files.readString(file);
        int end = text.indexOf('\n', random.nextInt(text.length()));
        Files.writeString(file, text.substring(0, end) + "\r" + text.substring(end));
        return;
      }
      case 6 -> { // a byte that is no text, or one that such bytes are shown as
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length - 1)] = (byte) (0x80 + random.nextInt(0x80));
        Files.write(file, bytes);
        return;
      }
      case 1 -> lines.remove(place);
      case 2 -> lines.add(place, lines.get(random.nextInt(lines.size())));
      case 3 -> lines.add((place + 1 + random.nextInt(8)) % 9, lines.remove(place));
      default -> lines.set(place, lines.get(place).replace("event_", "event-"));
    }
    if (String.join("\n", lines).equals(Files.readString(file).stripTrailing())) {
      lines.remove(place); // it was moved to where it was
    }
    Files.write(file, lines);
  }

  @Test
  void aLineOfAProcessThatDiedIsFoundAndTheNextIsNotSpoilt() throws IOException {
    log.record(event("first"));
    Files.writeString(file(), Files.readString(file()) + "{\"event\":\"bro");
    log.record(event("second"));

    AuditVerification found = AuditVerification.of(trail);
    assertThat(found.findings()).hasSize(2).first().asString().contains("line 2: it is not as");
    assertThat(lines().get(1).get("event").asText()).isEqualTo("second");
  }

  @Test
  void anEventOfAnybodysIsOneLine() throws IOException {
    for (String user :
        List.of("a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\u009b31m", "a\u001b[2J", "a\u007fb")) {
      log.record(AuditEvent.of("tried", NOW, new Caller(user, "c-1")));
    }

    AuditVerification found = AuditVerification.of(trail);
    assertThat(found.findings()).isEmpty();
    assertThat(found.lines()).isEqualTo(7);
    assertThat(Files.readString(file()).lines())
        .hasSize(7)
        .allMatch(each -> !each.matches("(?s).*[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028].*"));
    assertThat(lines().get(2).get("user_id").asText()).isEqualTo("a\u0085b");
  }

  @Test
  void whereATrailIsNoTextAnyMoreIsTold() throws IOException {
    log.record(event("first"));
    log.record(event("second"));
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 40] = (byte) 0xff;
    Files.write(file(), bytes);
    Files.write(trail.resolve(AuditFiles.HEAD), new byte[] {(byte) 0xff});

    AuditVerification found = AuditVerification.of(trail);
    assertThat(found.lines()).isEqualTo(1);
    assertThat(found.findings()).first().asString().contains("line 2: it is not as");
  }

  @Test
  void filesOutliveTheirDayByTheirTimeAndNoLonger() throws IOException {
    log.record(event("first"));
    log(NOW.plus(Duration.ofDays(30))).record(event("second"));
    assertThat(AuditFiles.in(trail).days()).hasSize(2);

    log(NOW.plus(Duration.ofDays(31))).record(event("third"));
    assertThat(AuditFiles.in(trail).days()).hasSize(2).doesNotContainValue(file());
    assertThat(AuditVerification.of(trail).isWhole()).isTrue();
  }

  @Test
  void whatElseIsMissingAtTheBeginningIsFound() throws IOException {
    for (int i = 0; i < 4; i++) {
      log(NOW.plus(Duration.ofDays(10 * i))).record(event("of day " + 10 * i));
    }
    log(NOW.plus(Duration.ofDays(41))).record(event("with the first two gone"));
    assertThat(AuditFiles.in(trail).days()).hasSize(3);
    assertThat(AuditVerification.of(trail).findings()).isEmpty();

    Files.delete(AuditFiles.in(trail).days().values().iterator().next());

    assertThat(AuditVerification.of(trail).findings())
        .singleElement()
        .asString()
        .contains("line 1: it does not follow the line before it");
  }

  @Test
  void aTrailOfWhichAllHasGoneGoesOn() throws IOException {
    log.record(event("first"));
    log(NOW.plus(Duration.ofDays(100))).record(event("after a long time"));

    AuditVerification found = AuditVerification.of(trail);
    assertThat(found.findings()).isEmpty();
    assertThat(found.files()).isEqualTo(1);
  }

  @Test
  void aProcessThatDiedWhileItRemovedDaysHasSpoiltNothing() throws IOException {
    log.record(event("first"));
    log(NOW.plus(Duration.ofDays(1))).record(event("second"));
    byte[] first = Files.readAllBytes(file());
    log(NOW.plus(Duration.ofDays(31))).record(event("third"));
    Files.write(file(), first);

    assertThat(AuditVerification.of(trail).findings()).isEmpty();
    log(NOW.plus(Duration.ofDays(32))).record(event("fourth"));
    assertThat(AuditFiles.in(trail).days()).doesNotContainValue(file()).hasSize(2);
    assertThat(AuditVerification.of(trail).findings()).isEmpty();
  }

  @Test
  void aBeginningThatNobodyHasWrittenIsFound() throws IOException {
    log.record(event("first"));
    Files.writeString(trail.resolve(AuditFiles.BEGINNING), "2026-99-99 " + "0".repeat(64));

    assertThat(AuditVerification.of(trail).findings())
        .containsExactly("beginning: it is not as it was written");
  }

  @Test
  void manyThreadsAndProcessesMakeOneChain() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writing.class.getName(),
                  trail.toString())
              .inheritIO()
              .start());
    }
    IntStream.range(0, 100).parallel().forEach(i -> log.record(event("here")));
    for (Process each : processes) {
      assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(each.exitValue()).isZero();
    }

    AuditVerification found = AuditVerification.of(trail);
    assertThat(found.findings()).isEmpty();
    assertThat(found.lines()).isEqualTo(400);
  }

  /** Another process that writes a hundred lines. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] arguments) {
      AuditLog log = new AuditLog(Path.of(arguments[0]), Duration.ofDays(30), true, at(NOW));
      for (int i = 0; i < 100; i++) {
        log.record(event("there"));
      }
    }
  }

  /** To a file that is a link to this device, nothing can be written: the disk is full. */
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void whatCannotBeRecordedIsNotDone() throws IOException {
    Files.createDirectories(trail);
    Files.createSymbolicLink(trail.resolve("reserve"), FULL);

    assertThatThrownBy(
            () -> client.upload(SAMPLE, ContentSource.of(new byte[3]), PutOptions.defaults()))
        .isInstanceOf(StorageAuditException.class)
        .hasMessageContaining("No space left")
        .hasMessageContaining("AUDIT_LOG_STRICT");

    assertThat(store.find(SAMPLE)).isEmpty();
  }

  @Test
  void whoeverSaysSoGoesOnWithoutARecord() throws IOException {
    Files.createDirectories(trail);
    Files.createSymbolicLink(file(), FULL);
    AuditLog lenient = new AuditLog(trail, Duration.ofDays(30), false, at(NOW));

    lenient.prepare(CONTEXT);
    lenient.record(event("lost"));

    assertThatThrownBy(() -> log.record(event("missed"))).isInstanceOf(StorageAuditException.class);
  }

  @Test
  void thereIsRoomForWhatWasPrepared() throws IOException {
    log.prepare(CONTEXT);

    assertThat(Files.size(trail.resolve("reserve"))).isEqualTo(64 * 1024);
    assertThat(AuditVerification.of(folder.resolve("nothing")).isWhole()).isTrue();
  }

  private static AuditEvent event(String name) {
    return AuditEvent.of(name, NOW, new Caller("john", "c-1"));
  }

  private Path file() {
    return trail.resolve("audit-2026-11-24.jsonl");
  }

  private List<JsonNode> lines() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String each : Files.readAllLines(file())) {
      if (AuditLine.parse(each).isPresent()) {
        lines.add(json.readTree(each));
      }
    }
    return lines;
  }
}
