package io.taforge.artifact.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  @Test
  void aSampleOfExactlyThePeriodIsKept() {
    RetentionPolicy policy = RetentionPolicy.samplesFor(PERIOD);

    assertThat(policy.isExpired(SAMPLE, NOW.minus(PERIOD), NOW)).isFalse();
    assertThat(policy.isExpired(SAMPLE, NOW.minus(PERIOD).minusNanos(1), NOW)).isTrue();
  }

  @Test
  void aSampleFromTheFutureIsKept() {
    assertThat(RetentionPolicy.samplesFor(PERIOD).isExpired(SAMPLE, NOW.plus(PERIOD), NOW))
        .isFalse();
  }

  @Test
  void everythingCanBeKept() {
    RetentionPolicy policy = RetentionPolicy.keepEverything();

    assertThat(policy.isExpired(SAMPLE, Instant.EPOCH, NOW)).isFalse();
    assertThat(policy.period()).isEmpty();
    assertThat(policy).hasToString("everything for ever");
  }

  @Test
  void theNewestOfARequestCanBeKept() {
    RetentionPolicy policy = RetentionPolicy.samplesFor(PERIOD).keepingNewest(2);

    assertThat(policy.newestKept()).isEqualTo(2);
    assertThat(policy.isExpired(SAMPLE, Instant.EPOCH, NOW)).isTrue();
    assertThat(policy).isNotEqualTo(RetentionPolicy.samplesFor(PERIOD));
    assertThat(policy)
        .hasToString("log samples for PT720H, and the newest 2 of each request for ever");
    assertThatThrownBy(() -> policy.keepingNewest(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void periodsArePositive() {
    assertThatThrownBy(() -> RetentionPolicy.samplesFor(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RetentionPolicy.samplesFor(PERIOD)).isEqualTo(RetentionPolicy.samplesFor(PERIOD));
  }

  @Test
  void policiesAreEqualThatKeepTheSame() {
    RetentionPolicy policy = RetentionPolicy.samplesFor(PERIOD).keepingNewest(2);

    assertThat(policy)
        .isEqualTo(RetentionPolicy.samplesFor(PERIOD).keepingNewest(2))
        .hasSameHashCodeAs(RetentionPolicy.samplesFor(PERIOD).keepingNewest(2))
        .isNotEqualTo(RetentionPolicy.samplesFor(PERIOD.plusNanos(1)).keepingNewest(2))
        .isNotEqualTo(RetentionPolicy.samplesFor(PERIOD).keepingNewest(3))
        .isNotEqualTo("log samples");
    assertThat(policy.hashCode())
        .isNotEqualTo(RetentionPolicy.samplesFor(PERIOD).hashCode())
        .isNotEqualTo(RetentionPolicy.samplesFor(PERIOD.plusDays(1)).keepingNewest(2).hashCode());
    assertThat(RetentionPolicy.samplesFor(PERIOD)).hasToString("log samples for PT720H");
    assertThat(policy.keepingNewest(0)).isEqualTo(RetentionPolicy.samplesFor(PERIOD));
  }

  @Test
  void noPeriodIsNegative() {
    assertThat(RetentionPolicy.samplesFor(Duration.ofNanos(1)).period())
        .contains(Duration.ofNanos(1));
    assertThatThrownBy(() -> RetentionPolicy.samplesFor(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it must be positive");
  }
}
