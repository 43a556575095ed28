package io.taforge.storage.client;

import static io.taforge.storage.IncomingContent.BUFFER_SIZE;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.client.ScrubReport.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads again what is stored, several artifacts at a time, and compares it with what was stored. It
 * is given no way to change anything.
 */
final class Scrubber {
  private static final int AT_ONCE = 8;

  /** After so many failures one behind the other nothing more is to be expected. */
  private static final int MOST_FAILURES_IN_A_ROW = 100;

  private final ArtifactView view;
  private final Scrub scrub;
  private final ScrubTally tally;
  private final FailureContext context = FailureContext.of(Operation.SCRUB);
  private final long start = System.nanoTime();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock telling = new ReentrantLock();
  private int failuresInARow;

  Scrubber(ArtifactView view, Scrub scrub, Instant startedAt) {
    this.view = view;
    this.scrub = scrub;
    this.tally = new ScrubTally(scrub, startedAt);
  }

  /** What was found of an artifact, in words if it is not as it should be. */
  private record Fate(ArtifactSummary entry, Verdict verdict, String message) {
    Fate(ArtifactSummary entry, Verdict verdict) {
      this(entry, verdict, "");
    }
  }

  ScrubReport run() {
    try (InOrder<ArtifactSummary, Fate> work =
        new InOrder<>(AT_ONCE, context, this::looked, this::count)) {
      for (ArtifactKind kind : ArtifactKind.values()) {
        list(kind, work);
      }
      work.finish();
    }
    return tally.report();
  }

  /** A kind that cannot be listed does not keep the others from being looked at. */
  private void list(ArtifactKind kind, InOrder<ArtifactSummary, Fate> work) {
    KeyPrefix prefix = KeyPrefix.all(kind);
    try {
      Iterator<ArtifactSummary> entries = scanned(prefix);
      while (hasNext(entries)) {
        work.add(entries.next());
      }
    } catch (ListingFailed e) {
      tally.cut(prefix.value(), String.valueOf(e.getMessage()));
    }
  }

  private Iterator<ArtifactSummary> scanned(KeyPrefix prefix) {
    try {
      return view.scan(prefix).iterator();
    } catch (StorageInterruptedException | StorageClosedException e) {
      throw e;
    } catch (StorageException e) {
      throw new ListingFailed(e);
    }
  }

  private boolean hasNext(Iterator<ArtifactSummary> entries) {
    if (isOver() || failuresInARow >= MOST_FAILURES_IN_A_ROW) {
      tally.cut();
      return false;
    }
    try {
      return entries.hasNext();
    } catch (StorageInterruptedException | StorageClosedException e) {
      throw e;
    } catch (StorageException e) {
      throw new ListingFailed(e);
    }
  }

  /** Told from what else may go wrong while entries are worked on. */
  private static final class ListingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListingFailed(StorageException reason) {
      super(reason.getMessage(), reason);
    }
  }

  private Fate looked(ArtifactSummary entry) {
    if (!scrub.takes(entry.artifact())) {
      return new Fate(entry, Verdict.NOT_SAMPLED);
    }
    if (isOver()) {
      return new Fate(entry, Verdict.NOT_REACHED);
    }
    try (ArtifactContent content = view.get(entry.artifact())) {
      if (!isReadToItsEnd(content)) {
        return new Fate(entry, Verdict.NOT_REACHED);
      }
      return content.artifact().sha256().isPresent()
          ? new Fate(entry, Verdict.VERIFIED)
          : new Fate(
              entry, Verdict.UNVERIFIABLE, "it was stored without a SHA-256 by another program");
    } catch (StorageNotFoundException e) {
      return new Fate(entry, Verdict.GONE);
    } catch (StorageIntegrityException e) {
      return new Fate(entry, Verdict.DAMAGED, String.valueOf(e.getMessage()));
    } catch (StorageInterruptedException | StorageClosedException e) {
      throw e;
    } catch (StorageException e) {
      return new Fate(entry, Verdict.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private boolean isReadToItsEnd(ArtifactContent content) {
    InputStream bytes = content.stream();
    byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER_SIZE, content.length()))];
    try {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        tell(read);
        if (isOver()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new IllegalStateException("The stream throws StorageExceptions only", e);
    }
  }

  private void tell(int more) {
    bytes.addAndGet(more);
    telling.lock();
    try {
      scrub.progress().transferred(bytes.get(), OptionalLong.empty());
    } finally {
      telling.unlock();
    }
  }

  private void count(Fate fate) {
    switch (fate.verdict()) {
      case DAMAGED, UNVERIFIABLE, FAILED -> tally.add(fate.entry(), fate.verdict(), fate.message());
      default -> tally.add(fate.entry(), fate.verdict());
    }
    if (fate.verdict() == Verdict.FAILED) {
      failuresInARow++;
    } else if (fate.verdict() != Verdict.NOT_SAMPLED) {
      failuresInARow = 0;
    }
  }

  private boolean isOver() {
    return scrub.longest().filter(time -> System.nanoTime() - start > time.toNanos()).isPresent();
  }
}
