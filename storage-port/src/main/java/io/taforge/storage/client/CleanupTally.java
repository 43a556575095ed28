package io.taforge.storage.client;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupPlan.Head;
import io.taforge.storage.client.CleanupPlan.Totals;
import io.taforge.storage.client.CleanupPlan.Unclear;
import io.taforge.storage.client.CleanupReport.Failure;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Outcome;
import io.taforge.storage.client.CleanupReport.Skip;
import io.taforge.storage.client.CleanupReport.Stop;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what becomes of a plan, and makes a {@link CleanupReport} of it; for one thread. */
final class CleanupTally {
  private final Head head;
  private final Totals totals;
  private final CleanupGuards guards;
  private final Instant startedAt;
  private final long start = System.nanoTime();
  private final Map<Skip, Amount> skipped = new EnumMap<>(Skip.class);
  private final List<Failure> failures = new ArrayList<>();
  private Amount deleted = Amount.NONE;
  private Amount failed = Amount.NONE;
  private Amount leftoversDeleted = Amount.NONE;
  private Amount leftoversFailed = Amount.NONE;
  private boolean isConditional;
  private long requests;
  private Optional<Stop> stopped = Optional.empty();

  CleanupTally(Head head, Totals totals, CleanupGuards guards, Instant startedAt) {
    this.head = head;
    this.totals = totals;
    this.guards = guards;
    this.startedAt = startedAt;
    skipped.put(Skip.NEWEST, totals.newest());
    skipped.put(Skip.HELD, totals.held());
  }

  void isConditional(boolean isSo) {
    isConditional = isSo;
  }

  void requests(int more) {
    requests += more;
  }

  void deleted(ExpiredSample sample) {
    deleted = deleted.plus(sample.size());
  }

  void deleted(Debris debris) {
    leftoversDeleted = leftoversDeleted.plus(debris.leftover().size().orElse(0));
  }

  void skipped(Skip reason, ExpiredSample sample) {
    skipped.put(reason, skipped.getOrDefault(reason, Amount.NONE).plus(sample.size()));
  }

  void failed(ExpiredSample sample, Failure reason) {
    failed = failed.plus(sample.size());
    remember(reason);
  }

  void failed(Debris debris, Failure reason) {
    leftoversFailed = leftoversFailed.plus(debris.leftover().size().orElse(0));
    remember(reason);
  }

  /** Remembers why it was not clear; how much that was is among the plan's totals. */
  void unclear(Entry entry) {
    if (entry instanceof Unclear unclear) {
      remember(unclear.reason());
    }
  }

  void stop(Stop stop) {
    stopped = Optional.of(stop);
  }

  private void remember(Failure reason) {
    if (failures.size() < CleanupReport.MOST_FAILURES) {
      failures.add(reason);
    }
  }

  CleanupReport report(boolean isDryRun) {
    Amount allFailed = sum(failed, totals.unclear());
    Cleanup cleanup = head.cleanup().guardedBy(guards);
    return new CleanupReport(
        isDryRun,
        outcome(allFailed, isDryRun),
        stopped,
        cleanup,
        head.now(),
        head.backendTime(),
        totals.scanned(),
        totals.expired(),
        totals.planned(),
        deleted,
        skipped,
        allFailed,
        failures,
        totals.leftovers(),
        leftoversDeleted,
        leftoversFailed,
        isConditional,
        totals.requests() + requests,
        startedAt,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Outcome outcome(Amount allFailed, boolean isDryRun) {
    Amount removed = isDryRun ? totals.planned() : deleted;
    Amount leftoversRemoved = isDryRun ? totals.leftovers() : leftoversDeleted;
    boolean isNothingRemoved = removed.objects() + leftoversRemoved.objects() == 0;
    if (stopped.filter(stop -> stop.guard() != Guard.FAILURES).isPresent()) {
      return isDryRun || isNothingRemoved ? Outcome.STOPPED : Outcome.PARTLY;
    }
    if (stopped.isEmpty() && allFailed.objects() + leftoversFailed.objects() == 0) {
      return Outcome.DONE;
    }
    return isNothingRemoved ? Outcome.FAILED : Outcome.PARTLY;
  }

  private static Amount sum(Amount one, Amount other) {
    return new Amount(
        one.objects() + other.objects(), ByteSize.of(one.size().bytes() + other.size().bytes()));
  }
}
