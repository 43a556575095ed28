package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores that do not know when to stop. */
final class BrokenLiving {
  private BrokenLiving() {}

  static List<Control> controls() {
    return List.of(
        Control.of("goes on when it is closed", "O", GoesOn::new),
        Control.sharing(
            "closes the client that all handles share",
            "O",
            () -> {
              AtomicBoolean isClosed = new AtomicBoolean();
              return inner -> new ClosesShared(inner, isClosed);
            }),
        Control.of("ends what is still read when it is closed", "O", EndsReaders::new),
        Control.of("cannot be closed twice", "O", ClosesOnce::new),
        Control.of("swallows the interrupt status", "O", SwallowsInterrupt::new),
        Control.of("stores what came before the interrupt", "O", StoresInterrupted::new),
        Control.of("has no time for deadlines", "O", IgnoresDeadline::new),
        Control.of("stores what came before the deadline", "O", StoresLate::new),
        new Control("has all the time in the world", "O", WaitsForever::new),
        Control.of("reads in the background, as much as comes", "O", WritesBehind::new),
        Control.of("does not close its sources", "AO", LeavesSourcesOpen::new),
        Control.of("tells no progress", "O", TellsNoProgress::new),
        Control.of("tells progress from the start for each attempt", "O", TellsProgressTwice::new),
        Control.of("keeps all that it has opened", "O", KeepsContent::new));
  }

  private static final class GoesOn extends DelegatingStore {
    GoesOn(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public void close() {
      // somebody else will
    }
  }

  private static final class ClosesShared extends DelegatingStore {
    private final AtomicBoolean isClosed;

    ClosesShared(ArtifactStore inner, AtomicBoolean isClosed) {
      super(inner);
      this.isClosed = isClosed;
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      if (isClosed.get()) {
        throw new StorageClosedException(FailureContext.of(Operation.GET), "the client is closed");
      }
      return super.get(artifact);
    }

    @Override
    public void close() {
      super.close();
      isClosed.set(true);
    }
  }

  private static final class EndsReaders extends DelegatingStore {
    private final ConcurrentLinkedQueue<ArtifactContent> readers = new ConcurrentLinkedQueue<>();

    EndsReaders(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      ArtifactContent content = super.get(artifact);
      readers.add(content);
      return content;
    }

    @Override
    public void close() {
      super.close();
      readers.forEach(ArtifactContent::close);
    }
  }

  private static final class ClosesOnce extends DelegatingStore {
    private boolean isClosed;

    ClosesOnce(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public void close() {
      if (isClosed) {
        throw new IllegalStateException("It is closed already");
      }
      isClosed = true;
      super.close();
    }
  }

  private static final class SwallowsInterrupt extends DelegatingStore {
    SwallowsInterrupt(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageInterruptedException e) {
        Thread.interrupted();
        throw e;
      }
    }
  }

  private static final class StoresInterrupted extends DelegatingStore {
    StoresInterrupted(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageInterruptedException e) {
        Thread.interrupted();
        super.put(artifact, ContentSource.of(new byte[1]), options);
        Thread.currentThread().interrupt();
        throw e;
      }
    }
  }

  private static final class IgnoresDeadline extends DelegatingStore {
    IgnoresDeadline(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, source, Sloppy.withoutDeadline(options));
    }
  }

  private static final class StoresLate extends DelegatingStore {
    StoresLate(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageConnectionException e) {
        super.put(artifact, ContentSource.of(new byte[1]), Sloppy.withoutDeadline(options));
        throw e;
      }
    }
  }

  private static final class WaitsForever extends InMemoryHarness {
    @Override
    Duration stall() {
      return Duration.ofMinutes(1);
    }
  }

  private static final class WritesBehind extends DelegatingStore {
    WritesBehind(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      Thread writer = new Thread(() -> super.put(artifact, source, options), "writer");
      writer.setDaemon(true);
      writer.setUncaughtExceptionHandler((thread, failure) -> {});
      writer.start();
      return new StoredArtifact(
          artifact,
          source.length().orElse(0),
          Instant.now(),
          new VersionToken("soon"),
          Optional.<Sha256>empty(),
          options.contentTypeOf(artifact),
          options.metadata());
    }
  }

  private static final class LeavesSourcesOpen extends DelegatingStore {
    LeavesSourcesOpen(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, Sloppy.reading(source, Sloppy::unclosed), options);
    }
  }

  private static final class TellsNoProgress extends DelegatingStore {
    TellsNoProgress(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, source, options.telling((bytes, total) -> {}));
    }
  }

  private static final class TellsProgressTwice extends DelegatingStore {
    TellsProgressTwice(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      source.length().ifPresent(length -> tellHalf(options, length));
      return super.put(artifact, source, options);
    }

    private static void tellHalf(PutOptions options, long length) {
      options.progress().transferred(length / 2, OptionalLong.of(length));
      options.progress().transferred(0, OptionalLong.of(length));
    }
  }

  private static final class KeepsContent extends DelegatingStore {
    private final ConcurrentLinkedQueue<ArtifactContent> opened = new ConcurrentLinkedQueue<>();

    KeepsContent(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      ArtifactContent content = super.get(artifact);
      opened.add(content);
      return content;
    }
  }
}
