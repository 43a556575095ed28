package io.taforge.cli;

import io.taforge.storage.client.CleanupGuards;
import io.taforge.storage.client.CleanupReport;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a cleanup, for programs: as {@code docs/cleanup-report.schema.json} says, for a
 * dry run, too.
 */
final class CleanupDocument {
  private CleanupDocument() {}

  static Map<String, Object> of(CleanupReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "taforge-cleanup-report-1");
    document.put("dry_run", report.isDryRun());
    document.put("outcome", words(report.outcome()));
    document.put("stopped_by", report.stopped().map(CleanupDocument::stop).orElse(null));
    document.put("policy", policy(report));
    document.put("guards", guards(report.cleanup().guards()));
    document.put("clock", clock(report));
    document.put("scanned", amount(report.scanned()));
    document.put("expired", amount(report.expired()));
    document.put("planned", amount(report.planned()));
    document.put("deleted", amount(report.deleted()));
    Map<String, Object> skipped = new LinkedHashMap<>();
    for (Skip reason : Skip.values()) {
      skipped.put(words(reason), amount(report.skipped(reason)));
    }
    document.put("skipped", skipped);
    document.put("failed", amount(report.failed()));
    document.put("failures", report.failures().stream().map(CleanupDocument::failure).toList());
    Map<String, Object> leftovers = new LinkedHashMap<>();
    leftovers.put("planned", amount(report.leftovers()));
    leftovers.put("deleted", amount(report.leftoversDeleted()));
    leftovers.put("failed", amount(report.leftoversFailed()));
    document.put("leftovers", leftovers);
    document.put("unchanged_by", report.isDryRun() ? null : unchangedBy(report));
    document.put("requests", report.requests());
    document.put("started_at", report.startedAt().toString());
    document.put("duration_ms", report.duration().toMillis());
    return document;
  }

  private static String unchangedBy(CleanupReport report) {
    return report.isConditional() ? "condition" : "look-up";
  }

  private static Map<String, Object> stop(CleanupReport.Stop stop) {
    return Map.of("guard", words(stop.guard()), "reason", stop.reason());
  }

  private static Map<String, Object> policy(CleanupReport report) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("samples_for_seconds", seconds(report.cleanup().policy().period().orElse(null)));
    policy.put("newest_kept", report.cleanup().policy().newestKept());
    policy.put("leftovers_after_seconds", seconds(report.cleanup().leftoversAfter().orElse(null)));
    return policy;
  }

  private static Map<String, Object> guards(CleanupGuards limits) {
    Map<String, Object> guards = new LinkedHashMap<>();
    boolean isLimited = limits.mostDeletions() < Long.MAX_VALUE;
    guards.put("most_deletions", isLimited ? limits.mostDeletions() : null);
    guards.put("largest_share", limits.largestShare());
    guards.put("most_skew_seconds", limits.mostSkew().toSeconds());
    return guards;
  }

  private static Map<String, Object> clock(CleanupReport report) {
    Map<String, Object> clock = new LinkedHashMap<>();
    clock.put("source", "this machine");
    clock.put("now", report.now().toString());
    clock.put("backend", report.backendTime().map(Instant::toString).orElse(null));
    clock.put(
        "skew_seconds",
        seconds(
            report.backendTime().map(time -> Duration.between(time, report.now())).orElse(null)));
    return clock;
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }

  private static Map<String, Object> amount(Amount amount) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("objects", amount.objects());
    facts.put("bytes", amount.size().bytes());
    return facts;
  }

  private static Map<String, Object> failure(CleanupReport.Failure failure) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", failure.name());
    facts.put("kind", failure.kind());
    facts.put("message", failure.message());
    return facts;
  }

  private static String words(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
