package io.taforge.benchmark;

import io.taforge.benchmark.report.Digits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds what has become worse since results were published. */
final class Regressions {
  /** What is left of a published ratio when it is worth a word. */
  private static final double WORTH_A_WORD = 0.8;

  private final Results published;

  Regressions(Results published) {
    this.published = published;
  }

  /** A sentence for each target that is met much worse than it was. */
  List<String> of(Row row, List<Verdict> verdicts) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      sentence(row.targets().get(i), verdicts.get(i)).ifPresent(sentences::add);
    }
    return sentences;
  }

  private Optional<String> sentence(Target target, Verdict verdict) {
    OptionalDouble before = published.value(target.id());
    if (before.isEmpty() || !verdict.isMeasured()) {
      return Optional.empty();
    }
    double left =
        target.isAtLeast()
            ? verdict.value() / before.getAsDouble()
            : before.getAsDouble() / verdict.value();
    return left >= WORTH_A_WORD
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %s was published as %s and is %s now",
                target.id(),
                target.title(),
                Digits.of(before.getAsDouble()),
                Digits.of(verdict.value())));
  }
}
