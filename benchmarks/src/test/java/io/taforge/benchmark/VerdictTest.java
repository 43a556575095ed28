package io.taforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Target.Subject OURS = new Target.Subject("put", "ours");
  private static final Target.Subject THEIRS = new Target.Subject("put", "theirs");

  @Test
  void speedIsComparedRoundByRound() {
    Target target = Target.atLeast("a", "speed", Metric.SPEED, OURS, THEIRS, 1.5).goal(2.5);

    Verdict verdict =
        Verdict.on(target, List.of(measured("ours", 20, 200, 2), measured("theirs", 10, 100, 1)));

    assertThat(verdict).isEqualTo(new Verdict("a", 2, Optional.of(true), Optional.of(false)));
  }

  @Test
  void timeIsTheOtherWayRound() {
    Target target = Target.atMost("a", "time", Metric.TIME, OURS, THEIRS, 0.2);

    Verdict verdict = Verdict.on(target, List.of(measured("ours", 4), measured("theirs", 1)));

    assertThat(verdict).isEqualTo(new Verdict("a", 0.25, Optional.of(false), Optional.empty()));
  }

  @Test
  void timeOfAnItemCountsTheItems() {
    Target target =
        Target.atMost("a", "growth", Metric.TIME, OURS, new Target.Times(THEIRS, 10), 1.5);

    Verdict verdict = Verdict.on(target, List.of(measured("ours", 1), measured("theirs", 12)));

    assertThat(verdict.value()).isCloseTo(1.2, within(1e-9));
  }

  @Test
  void garbageMayBeMoreThanOthers() {
    Target target =
        Target.atMost("a", "KiB", Metric.GARBAGE, OURS, new Target.More(THEIRS, 1024), 4);

    Verdict verdict =
        Verdict.on(target, List.of(allocating("ours", 6144), allocating("theirs", 1024)));

    assertThat(verdict).isEqualTo(new Verdict("a", 5, Optional.of(false), Optional.empty()));
  }

  @Test
  void whatHasNotBeenMeasuredIsNeitherHeldNorMissed() {
    Target target = Target.atLeast("a", "speed", Metric.SPEED, OURS, THEIRS, 1.5);

    Verdict verdict =
        Verdict.on(target, List.of(measured("ours", 1), Measurement.failed("put", "theirs", "no")));

    assertThat(verdict.isMeasured()).isFalse();
    assertThat(verdict.gate()).isEmpty();
  }

  @Test
  void whatHasFailedIsNotDone() {
    Target target = Target.done("a", "in little memory", OURS);

    assertThat(Verdict.on(target, List.of(Measurement.failed("put", "ours", "no"))).gate())
        .contains(false);
    assertThat(Verdict.on(target, List.of(measured("ours", 1))).gate()).contains(true);
  }

  @Test
  void theMiddleIsNotMovedByOneBadRound() {
    assertThat(Medians.of(List.of(1.0, 900.0, 3.0))).isEqualTo(3);
    assertThat(Medians.of(List.of(1.0, 2.0))).isEqualTo(1.5);
    assertThat(Medians.of(List.of())).isNaN();
  }

  private static Measurement measured(String entry, double... speeds) {
    return new Measurement(
        "put",
        entry,
        Arrays.stream(speeds).mapToObj(speed -> new Round(speed, 1)).toList(),
        0,
        0,
        Optional.empty());
  }

  private static Measurement allocating(String entry, double bytes) {
    return new Measurement("put", entry, List.of(new Round(1, 1)), bytes, 0, Optional.empty());
  }
}
