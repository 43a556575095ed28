package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupPlan.Head;
import io.taforge.storage.client.CleanupPlan.Totals;
import io.taforge.storage.client.CleanupPlan.Unclear;
import io.taforge.storage.client.StorageStats.Amount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out what a cleanup would remove. It has nothing but a view of the store, so it cannot
 * remove anything itself. Only log samples are ever looked at, and what writers have left behind.
 */
final class CleanupPlanner {
  private static final int AT_ONCE = 8;
  private static final int PAGE = 1000;

  private final ArtifactView view;
  private final Head head;
  private final FailureContext context;
  private final PlanWriter plan;

  private Amount scanned = Amount.NONE;
  private Amount expired = Amount.NONE;
  private Amount planned = Amount.NONE;
  private Amount newest = Amount.NONE;
  private Amount held = Amount.NONE;
  private Amount unclear = Amount.NONE;
  private Amount leftovers = Amount.NONE;
  private long lookUps;

  private CleanupPlanner(ArtifactView view, Head head, PlanWriter plan) {
    this.view = view;
    this.head = head;
    this.context = FailureContext.of(Operation.CLEAN_UP, view.buckets(), ArtifactKind.LOG_SAMPLE);
    this.plan = plan;
  }

  /**
   * Makes a plan in a file.
   *
   * @throws IncompleteListing if not all could be listed; then there is no plan
   */
  static CleanupPlan plan(ArtifactView view, Head head, Path file, boolean isTemporary)
      throws IOException {
    try (PlanWriter writer = new PlanWriter(file, head)) {
      Totals totals = new CleanupPlanner(view, head, writer).run();
      writer.complete(totals);
      return CleanupPlan.of(file, isTemporary, head, totals);
    }
  }

  /** Not all was seen, so nothing may be removed. */
  static final class IncompleteListing extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Totals soFar;
    private final StorageException reason;

    IncompleteListing(Totals soFar, StorageException reason) {
      super(reason);
      this.soFar = soFar;
      this.reason = reason;
    }

    Totals soFar() {
      return soFar;
    }

    StorageException reason() {
      return reason;
    }
  }

  private Totals run() {
    try {
      planSamples();
      head.cleanup().leftoversAfter().ifPresent(age -> planLeftovers(head.now().minus(age)));
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      if (scanned.objects() == 0) {
        throw e; // it never began
      }
      throw new IncompleteListing(totals(), e);
    }
    return totals();
  }

  private void planSamples() {
    try (InOrder<ArtifactSummary, Finding> looking =
        new InOrder<>(AT_ONCE, context, this::lookUp, this::count)) {
      NewestOfRequest back =
          new NewestOfRequest(
              head.cleanup().policy().newestKept(),
              kept -> {
                if (isExpired(kept)) {
                  newest = newest.plus(kept.size());
                }
              },
              rest -> {
                if (isExpired(rest)) {
                  looking.add(rest);
                }
              });
      view.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))
          .forEach(
              found -> {
                scanned = scanned.plus(found.size());
                if (isExpired(found)) {
                  expired = expired.plus(found.size());
                }
                back.add((LogSample) found.artifact(), found);
              });
      back.finish();
      looking.finish();
    }
  }

  private boolean isExpired(ArtifactSummary found) {
    return head.cleanup()
        .policy()
        .isExpired((LogSample) found.artifact(), found.storedAt(), head.now());
  }

  /** What a look at an expired sample has shown; no entry if it is held. */
  private record Finding(ArtifactSummary sample, Optional<Entry> entry) {}

  /** A listing does not tell what is held. */
  private Finding lookUp(ArtifactSummary found) {
    LogSample sample = (LogSample) found.artifact();
    try {
      boolean isHeld = view.find(sample).filter(StoredArtifact::isHeld).isPresent();
      return new Finding(
          found,
          isHeld
              ? Optional.empty()
              : Optional.of(
                  new ExpiredSample(sample, found.size(), found.storedAt(), found.version())));
    } catch (StorageAccessDeniedException
        | StorageBucketException
        | StorageDownloadException
        | StorageIntegrityException e) {
      CleanupReport.Failure reason = CleanupReport.Failure.of(sample.key().value(), e);
      return new Finding(found, Optional.of(new Unclear(sample, reason)));
    }
  }

  private void count(Finding finding) {
    lookUps++;
    long size = finding.sample().size();
    if (finding.entry().isEmpty()) {
      held = held.plus(size);
    } else if (finding.entry().get() instanceof ExpiredSample) {
      planned = planned.plus(size);
    } else {
      unclear = unclear.plus(size);
    }
    finding.entry().ifPresent(this::write);
  }

  private void planLeftovers(Instant before) {
    for (ArtifactKind kind : ArtifactKind.values()) {
      view.leftovers(kind)
          .filter(each -> each.since().isBefore(before))
          .forEach(
              each -> {
                leftovers = leftovers.plus(each.size().orElse(0));
                write(new Debris(each));
              });
    }
  }

  private void write(Entry entry) {
    try {
      plan.write(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the plan", e);
    }
  }

  private Totals totals() {
    long pages = Math.max(1, (scanned.objects() + PAGE - 1) / PAGE);
    return new Totals(scanned, expired, planned, newest, held, unclear, leftovers, pages + lookUps);
  }
}
