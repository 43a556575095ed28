package io.taforge.storage.client;

import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.client.ScrubReport.Finding;
import io.taforge.storage.client.ScrubReport.Verdict;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a scrub finds, and makes a {@link ScrubReport} of it; for one thread. */
final class ScrubTally {
  private final Scrub scrub;
  private final Instant startedAt;
  private final long start = System.nanoTime();
  private final Map<Verdict, Amount> amounts = new EnumMap<>(Verdict.class);
  private final List<Finding> findings = new ArrayList<>();
  private Amount scanned = Amount.NONE;
  private boolean isListed = true;

  ScrubTally(Scrub scrub, Instant startedAt) {
    this.scrub = scrub;
    this.startedAt = startedAt;
  }

  void add(ArtifactSummary entry, Verdict verdict) {
    scanned = scanned.plus(entry.size());
    amounts.put(verdict, of(verdict).plus(entry.size()));
  }

  void add(ArtifactSummary entry, Verdict verdict, String message) {
    add(entry, verdict);
    remember(new Finding(verdict, entry.artifact().key().value(), message));
  }

  /** Something was not listed to its end. */
  void cut() {
    isListed = false;
  }

  /** Something could not be listed to its end. */
  void cut(String prefix, String message) {
    cut();
    // it may be the only sign of what is not looked at, so there is always room for it
    findings.add(new Finding(Verdict.FAILED, prefix, message));
  }

  private void remember(Finding finding) {
    if (findings.size() < ScrubReport.MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private Amount of(Verdict verdict) {
    return amounts.getOrDefault(verdict, Amount.NONE);
  }

  ScrubReport report() {
    boolean isComplete =
        isListed && of(Verdict.NOT_REACHED).objects() == 0 && of(Verdict.FAILED).objects() == 0;
    return new ScrubReport(
        scrub,
        scanned,
        of(Verdict.VERIFIED),
        of(Verdict.UNVERIFIABLE),
        of(Verdict.DAMAGED),
        of(Verdict.GONE),
        of(Verdict.FAILED),
        of(Verdict.NOT_SAMPLED),
        of(Verdict.NOT_REACHED),
        findings,
        isComplete,
        startedAt,
        Duration.ofNanos(System.nanoTime() - start));
  }
}
