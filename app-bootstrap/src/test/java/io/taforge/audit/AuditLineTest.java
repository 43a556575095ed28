package io.taforge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLineTest {
  private static final Artifact SAMPLE =
      new LogSample(RequestId.parse("00000000-0000-4000-8000-000000000001"), FileName.of("ö.log"));
  private static final AuditEvent UPLOAD =
      AuditEvent.of(
              AuditEvent.Action.UPLOADED,
              SAMPLE,
              Instant.parse("2026-11-24T10:15:30Z"),
              new Caller("jo\n\"hn", "c-1"))
          .with(3, Optional.of(Sha256.of(new byte[3])))
          .took(Duration.ofMillis(7));
  private static final String FIRST_BODY =
      "{\"event\":\"log_sample_uploaded\",\"timestamp\":\"2026-11-24T10:15:30Z\","
          + "\"user_id\":\"jo\\n\\\"hn\",\"correlation_id\":\"c-1\","
          + "\"request_id\":\"00000000-0000-4000-8000-000000000001\","
          + "\"storage_key\":\"samples/00000000-0000-4000-8000-000000000001/ö.log\","
          + "\"outcome\":\"succeeded\",\"size\":3,\"sha256\":\""
          + Sha256.of(new byte[3]).hex()
          + "\",\"duration_ms\":7,\"dry_run\":false,\"previous\":\""
          + "0".repeat(64)
          + "\"";

  @Test
  void aLineIsAnObjectThatEndsInTheHashOfAllBeforeIt() {
    AuditLine line = AuditLine.of(UPLOAD, AuditLine.BEGINNING);

    assertThat(line.body()).isEqualTo(FIRST_BODY);
    assertThat(line.previous()).isEqualTo(AuditLine.BEGINNING);
    assertThat(line.hash())
        .isEqualTo(Sha256.of(line.body().getBytes(StandardCharsets.UTF_8)).hex());
    assertThat(line.text()).isEqualTo(line.body() + ",\"hash\":\"" + line.hash() + "\"}");
    assertThat(AuditLine.parse(line.text())).contains(line);
  }

  @Test
  void whatIsNotKnownIsNotSaidAndAFailureIs() {
    AuditEvent failed =
        AuditEvent.of("statistics_made", Instant.EPOCH, new Caller("jo", "c-2"))
            .failed(
                new StorageNotFoundException(FailureContext.of(Operation.LIST), "there is none"))
            .asDryRun();

    assertThat(AuditLine.of(failed, AuditLine.BEGINNING).body())
        .contains("\"outcome\":\"failed\",\"failure\":\"", "\"dry_run\":true")
        .doesNotContain("request_id", "storage_key", "size", "sha256");
  }

  @Test
  void theNextLineIsChainedToTheOneBefore() {
    AuditLine first = AuditLine.of(UPLOAD, AuditLine.BEGINNING);
    AuditLine second = AuditLine.of(UPLOAD, first.hash());

    assertThat(second.previous()).isEqualTo(first.hash());
    assertThat(second.hash()).isNotEqualTo(first.hash());
    assertThat(AuditLine.parse(second.text())).contains(second);
  }

  @Test
  void everyChangedCharacterIsFound() {
    String text = AuditLine.of(UPLOAD, AuditLine.BEGINNING).text();
    for (int at = 0; at < text.length(); at++) {
      StringBuilder changed = new StringBuilder(text);
      changed.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');
      assertThat(AuditLine.parse(changed.toString())).as("character %d", at).isEmpty();
      assertThat(AuditLine.parse(text.substring(0, at))).as("the first %d", at).isEmpty();
    }
    assertThat(AuditLine.parse(text + " ")).isEmpty();
    assertThat(AuditLine.parse(" " + text)).isEmpty();
  }
}
