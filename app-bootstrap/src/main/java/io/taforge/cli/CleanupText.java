package io.taforge.cli;

import io.taforge.storage.Leftover;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.CleanupReport.Failure;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.StorageStats.Amount;
import java.util.Locale;

/** What became of a cleanup, for people. */
final class CleanupText {
  private static final int MOST_FAILURES = 20;

  private CleanupText() {}

  static String of(CleanupReport report) {
    Table table = new Table("LOG SAMPLES", "OBJECTS", "SIZE");
    row(table, "looked at", report.scanned());
    row(table, "expired", report.expired());
    if (report.isDryRun()) {
      row(table, "would be removed", report.planned());
    } else {
      row(table, "removed", report.deleted());
    }
    for (Skip reason : Skip.values()) {
      if (report.skipped(reason).objects() > 0) {
        row(table, "left alone: " + words(reason), report.skipped(reason));
      }
    }
    row(table, "failed", report.failed());
    if (report.cleanup().leftoversAfter().isPresent()) {
      row(
          table,
          report.isDryRun() ? "leftovers that would go" : "leftovers removed",
          report.isDryRun() ? report.leftovers() : report.leftoversDeleted());
      row(table, "leftovers failed", report.leftoversFailed());
    }
    StringBuilder text = new StringBuilder(table.toString());
    report.failures().stream()
        .limit(MOST_FAILURES)
        .forEach(each -> text.append(sentence(each)).append('\n'));
    return text.append(report.outcome().name().toLowerCase(Locale.ROOT)).append('\n').toString();
  }

  private static void row(Table table, String what, Amount amount) {
    table.row(what, Long.toString(amount.objects()), amount.size().toString());
  }

  private static String sentence(Failure failure) {
    return printable(failure.name() + ": " + failure.message());
  }

  static String words(Skip reason) {
    return switch (reason) {
      case NEWEST -> "the newest of a request";
      case HELD -> "held";
      case CHANGED -> "changed since";
      case GONE -> "gone already";
    };
  }

  static String words(Leftover.Type type) {
    return switch (type) {
      case UPLOAD -> "the upload";
      case FILE -> "the temporary file";
      case RECORD -> "the record";
    };
  }

  /** What comes from a backend goes to a terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
