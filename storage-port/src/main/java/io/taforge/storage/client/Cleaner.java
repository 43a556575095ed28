package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.LogSample;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Leftover;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.audit.AuditEvent.Action;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupReport.Failure;
import io.taforge.storage.client.CleanupReport.Guard;
import io.taforge.storage.client.CleanupReport.Skip;
import java.util.Optional;

/**
 * Removes what is in a plan, and nothing else; and of that nothing which is not what it was when
 * the plan was made. It looks again just before, and where the backend can do so, that has the last
 * word.
 */
final class Cleaner {
  private static final int AT_ONCE = 8;

  /** After so many failures one behind the other nothing more is to be expected. */
  private static final int MOST_FAILURES_IN_A_ROW = 100;

  private final ArtifactStore store;
  private final Audit audit;
  private final CleanupTally tally;
  private final Tenure tenure;
  private final FailureContext context;
  private final boolean isConditional;
  private int failuresInARow;

  Cleaner(ArtifactStore store, Audit audit, CleanupTally tally, Tenure tenure) {
    this.store = store;
    this.audit = audit;
    this.tally = tally;
    this.tenure = tenure;
    this.context = FailureContext.of(Operation.CLEAN_UP, store.buckets(), ArtifactKind.LOG_SAMPLE);
    this.isConditional = store.capabilities().contains(Capability.CONDITIONAL_DELETE);
    tally.isConditional(isConditional);
  }

  /** What has become of an entry. */
  private record Fate(Entry entry, Optional<Skip> skip, Optional<StorageException> failure) {
    static Fate removed(Entry entry) {
      return new Fate(entry, Optional.empty(), Optional.empty());
    }

    static Fate skipped(Entry entry, Skip reason) {
      return new Fate(entry, Optional.of(reason), Optional.empty());
    }

    static Fate failed(Entry entry, StorageException reason) {
      return new Fate(entry, Optional.empty(), Optional.of(reason));
    }
  }

  /** Nothing more is to be removed. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Guard guard;

    Stopped(Guard guard, StorageException reason) {
      super(reason.getMessage(), reason);
      this.guard = guard;
    }
  }

  void apply(CleanupPlan plan) {
    try (InOrder<Entry, Fate> work = new InOrder<>(AT_ONCE, context, this::remove, this::count)) {
      plan.forEach(
          entry -> {
            keepTenure();
            work.add(entry);
          });
      work.finish();
    } catch (Stopped stop) {
      tally.stop(new CleanupReport.Stop(stop.guard, String.valueOf(stop.getMessage())));
    }
  }

  private void keepTenure() {
    try {
      tenure.renewIfDue();
    } catch (StorageConflictException e) {
      throw new Stopped(Guard.LEASE, e);
    }
  }

  private Fate remove(Entry entry) {
    try {
      if (entry instanceof ExpiredSample expired) {
        return remove(expired);
      }
      return entry instanceof Debris debris ? remove(debris) : Fate.removed(entry);
    } catch (StorageInterruptedException | StorageClosedException | StorageAuditException e) {
      throw e; // nothing more can be done, or may be
    } catch (StorageException e) {
      return Fate.failed(entry, e);
    }
  }

  private Fate remove(ExpiredSample expired) {
    LogSample sample = expired.sample();
    Optional<StoredArtifact> found = store.find(sample);
    if (found.isEmpty()) {
      return Fate.skipped(expired, Skip.GONE);
    }
    if (!found.get().version().equals(expired.version())
        || !found.get().storedAt().equals(expired.storedAt())) {
      return Fate.skipped(expired, Skip.CHANGED);
    }
    if (found.get().isHeld()) {
      return Fate.skipped(expired, Skip.HELD);
    }
    try {
      DeleteOutcome outcome =
          audit.of(
              Action.DELETED,
              sample,
              FailureContext.of(Operation.DELETE, store.buckets(), sample),
              () ->
                  isConditional
                      ? store.deleteUnchanged(sample, expired.version())
                      : store.delete(sample),
              (event, result) -> Audit.stored(event, found.get()));
      return outcome == DeleteOutcome.DELETED
          ? Fate.removed(expired)
          : Fate.skipped(expired, Skip.GONE);
    } catch (StorageConflictException e) {
      return Fate.skipped(expired, Skip.CHANGED);
    }
  }

  private Fate remove(Debris debris) {
    Leftover leftover = debris.leftover();
    DeleteOutcome outcome =
        audit.of(
            "leftover_deleted",
            FailureContext.of(Operation.DELETE, store.buckets(), leftover.kind())
                .withKey(leftover.name()),
            event -> event.named(leftover.name()),
            () -> store.deleteLeftover(leftover));
    return outcome == DeleteOutcome.DELETED
        ? Fate.removed(debris)
        : Fate.skipped(debris, Skip.GONE);
  }

  private void count(Fate fate) {
    if (fate.entry() instanceof ExpiredSample expired) {
      tally.requests(fate.skip().isPresent() ? 1 : 2);
      if (fate.failure().isPresent()) {
        tally.failed(expired, Failure.of(expired.sample().key().value(), fate.failure().get()));
      } else {
        fate.skip()
            .ifPresentOrElse(
                reason -> tally.skipped(reason, expired), () -> tally.deleted(expired));
      }
    } else if (fate.entry() instanceof Debris debris) {
      tally.requests(1);
      if (fate.failure().isPresent()) {
        tally.failed(debris, Failure.of(debris.leftover().name(), fate.failure().get()));
      } else if (fate.skip().isEmpty()) {
        tally.deleted(debris);
      }
    } else {
      tally.unclear(fate.entry());
    }
    failuresInARow = fate.failure().isPresent() ? failuresInARow + 1 : 0;
    if (failuresInARow == MOST_FAILURES_IN_A_ROW) {
      throw new Stopped(Guard.FAILURES, fate.failure().get());
    }
  }
}
