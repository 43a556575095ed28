package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.BucketCheck.Status;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrangerInspectionTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void aClockMayDifferByFiveMinutes() {
    assertThat(StrangerInspection.clock(Optional.of(NOW.minusSeconds(300)), NOW).status())
        .isEqualTo(Status.OK);
    assertThat(StrangerInspection.clock(Optional.of(NOW.plusSeconds(300)), NOW).status())
        .isEqualTo(Status.OK);
    assertThat(StrangerInspection.clock(Optional.empty(), NOW).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void moreIsToldInSecondsAndInWhichDirection() {
    assertThat(StrangerInspection.clock(Optional.of(NOW.minusSeconds(301)), NOW))
        .isEqualTo(
            new Verdict(
                Status.FAILED, "This machine's clock is 301 seconds ahead of the server's"));
    assertThat(StrangerInspection.clock(Optional.of(NOW.plusSeconds(3600)), NOW))
        .isEqualTo(
            new Verdict(Status.FAILED, "This machine's clock is 3600 seconds behind the server's"));
  }
}
