package io.taforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowsTest {
  @ParameterizedTest
  @EnumSource(Effort.class)
  void thereAreSixteenRowsInOrder(Effort effort) {
    assertThat(Rows.of(effort).all())
        .extracting(Row::id)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 16).mapToObj(number -> "P" + number).toList());
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyTargetIsAboutContestantsThatThereAre(Effort effort) {
    for (Row row : Rows.of(effort).all()) {
      for (Target target : row.targets()) {
        for (Target.Subject subject : subjects(target)) {
          assertThat(row.workload(subject.workload()).entries())
              .as(target.id())
              .extracting(Entry::name)
              .contains(subject.entry());
        }
      }
    }
  }

  @Test
  void targetsAndContestantsHaveNamesOfTheirOwn() {
    List<Row> rows = Rows.of(Effort.FULL).all();

    assertThat(rows.stream().flatMap(row -> row.targets().stream()))
        .extracting(Target::id)
        .doesNotHaveDuplicates();
    for (Row row : rows) {
      assertThat(row.workloads()).extracting(Workload::id).doesNotHaveDuplicates();
      for (Workload workload : row.workloads()) {
        assertThat(workload.entries()).extracting(Entry::name).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void rowsAreChosenByName() {
    Rows rows = Rows.of(Effort.SHORT);

    assertThat(rows.chosen("P4, P1", Effort.SHORT)).extracting(Row::id).containsExactly("P1", "P4");
    assertThat(rows.chosen("", Effort.SHORT)).hasSize(16);
    assertThat(rows.chosen("", Effort.SMOKE)).hasSizeLessThan(16);
    assertThatThrownBy(() -> rows.chosen("P17", Effort.SHORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P17");
  }

  @Test
  void aShortRunHasThoseThatTargetsName() {
    Row put = Rows.of(Effort.SHORT).row("P1");

    assertThat(put.named(put.workload("put-1k")))
        .extracting(Entry::name)
        .containsExactly(Names.TAFORGE, Names.AWS, Names.OPENDAL);
  }

  private static List<Target.Subject> subjects(Target target) {
    if (target.comparison() instanceof Target.Times times) {
      return List.of(target.ours(), times.other());
    }
    if (target.comparison() instanceof Target.More more) {
      return List.of(target.ours(), more.other());
    }
    return Stream.of(target.ours()).toList();
  }
}
