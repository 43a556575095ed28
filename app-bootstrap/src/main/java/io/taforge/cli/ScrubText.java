package io.taforge.cli;

import io.taforge.storage.client.ScrubReport;
import io.taforge.storage.client.ScrubReport.Finding;
import io.taforge.storage.client.ScrubReport.Verdict;
import io.taforge.storage.client.StorageStats.Amount;
import java.util.Comparator;
import java.util.Locale;

/** What a scrub has found, for people. */
final class ScrubText {
  private static final int MOST_FINDINGS = 50;

  private ScrubText() {}

  static String of(ScrubReport report) {
    Table table = new Table("ARTIFACTS", "OBJECTS", "SIZE");
    row(table, "listed", report.scanned());
    row(table, "verified", report.verified());
    row(table, "damaged", report.damaged());
    rowIfAny(table, "without a checksum", report.unverifiable());
    rowIfAny(table, "gone meanwhile", report.gone());
    rowIfAny(table, "failed", report.failed());
    rowIfAny(table, "not in the sample", report.notSampled());
    rowIfAny(table, "not read in time", report.notReached());
    StringBuilder text = new StringBuilder(table.toString());
    report.findings().stream()
        .sorted(Comparator.comparing((Finding each) -> each.verdict() != Verdict.DAMAGED))
        .limit(MOST_FINDINGS)
        .forEach(each -> text.append(sentence(each)).append('\n'));
    if (report.scrub().percent() < 100) {
      text.append(
          "sample of %s %%, with --seed %d%n"
              .formatted(report.scrub().percent(), report.scrub().seed()));
    }
    return text.append(ScrubDocument.outcome(report))
        .append(report.isComplete() ? "" : ", but not all was read")
        .append('\n')
        .toString();
  }

  private static void rowIfAny(Table table, String what, Amount amount) {
    if (amount.objects() > 0) {
      row(table, what, amount);
    }
  }

  private static void row(Table table, String what, Amount amount) {
    table.row(what, Long.toString(amount.objects()), amount.size().toString());
  }

  private static String sentence(Finding finding) {
    return CleanupText.printable(
        "%s: %s: %s"
            .formatted(
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.name(),
                finding.message()));
  }
}
