package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Stores that do not keep two writers apart. */
final class BrokenConditions {
  private BrokenConditions() {}

  static List<Control> controls() {
    return List.of(
        Control.of("looks first and writes then", "F", ChecksThenActs::new),
        Control.of("forgets conditions", "F", ForgetsConditions::new),
        Control.of("forgets to be the first", "F", RefusesFirst::new),
        Control.of("says upload failure for a conflict", "F", ConflictIsUpload::new),
        Control.of("says 412 for 409", "F", SwapsConflicts::new),
        Control.of("has one version for all", "FG", i -> new Retold(i, BrokenConditions::constant)),
        Control.of("has a new version for each look", "F", CountsLooks::new),
        Control.of("creates what was to be unchanged", "F", CreatesUnchanged::new),
        Control.of("deletes whatever is there now", "F", DeletesAnyVersion::new),
        Control.of("refuses to delete what is unchanged", "F", DeletesNoVersion::new),
        Control.of("gives content in one piece and its facts in another", "F", MixesVersions::new),
        Control.of("stumbles over what is just gone", "F", StumblesOverGone::new),
        new Control("shares nothing with another process", "F", SharesNothing::new));
  }

  static StoredArtifact constant(StoredArtifact facts) {
    return Retold.with(facts, new VersionToken("1"));
  }

  private static final class ChecksThenActs extends DelegatingStore {
    ChecksThenActs(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      Optional<StoredArtifact> found = find(artifact);
      FailureContext context = FailureContext.of(Operation.PUT, buckets(), artifact);
      if (options.condition() instanceof WriteCondition.IfAbsent && found.isPresent()) {
        throw StorageConflictException.alreadyStored(context);
      }
      if (options.condition() instanceof WriteCondition.IfUnchanged unchanged
          && !found.map(StoredArtifact::version).equals(Optional.of(unchanged.version()))) {
        throw StorageConflictException.changed(context);
      }
      Sloppy.pause(5);
      return super.put(artifact, source, options.on(WriteCondition.always()));
    }
  }

  private static final class ForgetsConditions extends DelegatingStore {
    ForgetsConditions(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, source, options.on(WriteCondition.always()));
    }
  }

  private static final class RefusesFirst extends DelegatingStore {
    RefusesFirst(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (Sloppy.isUnconditional(options)) {
        return super.put(artifact, source, options);
      }
      throw StorageConflictException.alreadyStored(
          FailureContext.of(Operation.PUT, buckets(), artifact));
    }
  }

  private static final class ConflictIsUpload extends DelegatingStore {
    ConflictIsUpload(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageConflictException e) {
        throw new StorageUploadException(e.context(), "the server says 412", e);
      }
    }
  }

  private static final class SwapsConflicts extends DelegatingStore {
    SwapsConflicts(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageConflictException e) {
        throw e.httpStatus() == 409
            ? StorageConflictException.changed(e.context())
            : StorageConflictException.alreadyStored(e.context());
      }
    }
  }

  private static final class CountsLooks extends Retold {
    private static final AtomicInteger LOOKS = new AtomicInteger();

    CountsLooks(ArtifactStore inner) {
      super(
          inner, facts -> Retold.with(facts, new VersionToken("look " + LOOKS.incrementAndGet())));
    }
  }

  private static final class CreatesUnchanged extends DelegatingStore {
    CreatesUnchanged(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      boolean isCreated =
          options.condition() instanceof WriteCondition.IfUnchanged && find(artifact).isEmpty();
      return super.put(artifact, source, isCreated ? options.on(WriteCondition.always()) : options);
    }
  }

  private static final class DeletesAnyVersion extends DelegatingStore {
    DeletesAnyVersion(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      return delete(artifact);
    }
  }

  private static final class DeletesNoVersion extends DelegatingStore {
    DeletesNoVersion(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      throw StorageConflictException.changed(
          FailureContext.of(Operation.DELETE, buckets(), artifact));
    }
  }

  /** Asks for the facts, and then for the content. */
  private static final class MixesVersions extends DelegatingStore {
    MixesVersions(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      Optional<StoredArtifact> facts = find(artifact);
      Sloppy.pause(1);
      ArtifactContent content = super.get(artifact);
      return Retold.whole(facts.orElse(content.artifact()), content.stream());
    }
  }

  private static final class StumblesOverGone extends DelegatingStore {
    StumblesOverGone(ArtifactStore inner) {
      super(inner);
    }

    /** Not at once, or there would soon be nothing to stumble over. */
    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      Sloppy.pause(1);
      return super.put(artifact, source, options);
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      boolean isThere = find(artifact).isPresent();
      Sloppy.pause(1);
      if (isThere && super.delete(artifact) == DeleteOutcome.ABSENT) {
        throw new StorageNotFoundException(
            FailureContext.of(Operation.DELETE, buckets(), artifact), "it was there just now");
      }
      return isThere ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  private static final class SharesNothing extends InMemoryHarness {
    @Override
    public Optional<OtherProcess> otherProcess() {
      return Optional.of(new OtherProcess(Opener.class, ""));
    }
  }

  /** Opens a space that only its own process knows. */
  public static final class Opener implements Function<String, ArtifactStore> {
    /** Made by the other process. */
    public Opener() {}

    @Override
    public ArtifactStore apply(String space) {
      return new InMemoryArtifactStore();
    }
  }
}
