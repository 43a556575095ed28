package io.taforge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/**
 * That an event is one line whoever it is about, and that no other line is taken for one. A build
 * tries what the corpus beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment one
 * of them looks for more, guided by coverage.
 */
class AuditFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");
  private static final AuditLine FIRST =
      AuditLine.of(AuditEvent.of("first", NOW, new Caller("jo", "c")), AuditLine.BEGINNING);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "30s")
  void anEventIsOneLine(FuzzedDataProvider data) throws IOException {
    String user = data.consumeString(100);
    String correlation = data.consumeRemainingAsString();
    Caller caller;
    try {
      caller = new Caller(user, correlation);
    } catch (IllegalArgumentException e) {
      return;
    }
    AuditLine line = AuditLine.of(AuditEvent.of("tried", NOW, caller), FIRST.hash());

    assertThat(line.text()).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]");
    assertThat(AuditLine.parse(line.text())).contains(line);
    JsonNode json = JSON.readTree(line.text());
    assertThat(json.get("user_id").asText()).isEqualTo(user);
    assertThat(json.get("correlation_id").asText()).isEqualTo(correlation);
  }

  /** A trail of one right line, with whatever comes behind it. */
  @FuzzTest(maxDuration = "30s")
  void whateverIsAddedIsFound(byte[] added) throws IOException {
    Path file = folder.resolve("audit-2026-11-24.jsonl");
    Files.writeString(file, FIRST.text() + "\n");
    Files.writeString(folder.resolve(AuditFiles.HEAD), FIRST.hash() + "\n");
    assertThat(AuditVerification.of(folder).isWhole()).isTrue();
    Files.write(file, added, StandardOpenOption.APPEND);

    AuditVerification found = AuditVerification.of(folder);
    assertThat(found.isWhole()).isEqualTo(added.length == 0);
    assertThat(found.lines()).isEqualTo(1);
    assertThat(found.findings())
        .allSatisfy(each -> assertThat(each).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]"));
  }
}
