package io.taforge.cli;

import io.taforge.storage.client.ScrubReport;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a scrub has found, for programs: as {@code docs/scrub-report.schema.json} says. */
final class ScrubDocument {
  private ScrubDocument() {}

  static Map<String, Object> of(ScrubReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "taforge-scrub-report-1");
    document.put("outcome", outcome(report));
    document.put("complete", report.isComplete());
    document.put("sample_percent", report.scrub().percent());
    document.put("seed", report.scrub().seed());
    document.put(
        "max_duration_seconds", report.scrub().longest().map(Duration::toSeconds).orElse(null));
    document.put("scanned", amount(report.scanned()));
    document.put("verified", amount(report.verified()));
    document.put("damaged", amount(report.damaged()));
    document.put("unverifiable", amount(report.unverifiable()));
    document.put("gone", amount(report.gone()));
    document.put("failed", amount(report.failed()));
    Map<String, Object> skipped = new LinkedHashMap<>();
    skipped.put("not_in_sample", amount(report.notSampled()));
    skipped.put("time_over", amount(report.notReached()));
    document.put("skipped", skipped);
    document.put("findings", report.findings().stream().map(ScrubDocument::finding).toList());
    document.put("started_at", report.startedAt().toString());
    document.put("duration_ms", report.duration().toMillis());
    return document;
  }

  static String outcome(ScrubReport report) {
    if (report.isDamaged()) {
      return "damaged";
    }
    return report.isFailed() ? "failed" : "fine";
  }

  private static Map<String, Object> finding(ScrubReport.Finding finding) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
    facts.put("name", finding.name());
    facts.put("message", finding.message());
    return facts;
  }

  private static Map<String, Object> amount(Amount amount) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("objects", amount.objects());
    facts.put("bytes", amount.size().bytes());
    return facts;
  }
}
