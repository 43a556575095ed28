package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Stores that remove too much, too little, or tell it wrong. */
final class BrokenDeleting {
  private BrokenDeleting() {}

  static List<Control> controls() {
    return List.of(
        Control.of("deletes nothing", "G", DeletesNothing::new),
        Control.of("refuses to delete what is not there", "G", RefusesAbsent::new),
        Control.of("says that it has deleted what was not there", "G", ClaimsDeleted::new),
        Control.of("deletes a thousand and forgets the rest", "G", DeletesThousand::new),
        Control.of("refuses to delete more than a thousand", "G", RefusesThousands::new),
        Control.of("hides what it could not delete", "G", HidesFailures::new),
        Control.of("gives up at what it cannot delete", "G", GivesUp::new),
        Control.of("reports for each time it is named", "G", ReportsTwice::new),
        Control.of("reports only what was there", "G", ReportsThere::new),
        Control.of("takes a folder for a prefix", "G", FolderIsPrefix::new),
        Control.of("takes a folder for a pattern", "G", FolderIsPattern::new),
        Control.of("deletes a whole kind without a word", "G", DeletesKind::new),
        Control.of("deletes no whole kind", "G", DeletesNoKind::new),
        Control.of("deletes the bucket with the last in it", "G", DeletesBucket::new));
  }

  private static final class DeletesNothing extends DelegatingStore {
    DeletesNothing(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      return find(artifact).isPresent() ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  private static final class RefusesAbsent extends DelegatingStore {
    RefusesAbsent(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      DeleteOutcome outcome = super.delete(artifact);
      if (outcome == DeleteOutcome.ABSENT) {
        throw new StorageNotFoundException(
            FailureContext.of(Operation.DELETE, buckets(), artifact), "there is none");
      }
      return outcome;
    }
  }

  private static final class ClaimsDeleted extends DelegatingStore {
    ClaimsDeleted(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      super.delete(artifact);
      return DeleteOutcome.DELETED;
    }
  }

  private static final class DeletesThousand extends DelegatingStore {
    DeletesThousand(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      return super.deleteMany(artifacts.stream().limit(ListQuery.MAX_PAGE_SIZE).toList());
    }
  }

  private static final class RefusesThousands extends DelegatingStore {
    RefusesThousands(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      if (artifacts.size() > ListQuery.MAX_PAGE_SIZE) {
        throw new StorageConnectionException(
            FailureContext.of(Operation.DELETE), "the server says MalformedXML");
      }
      return super.deleteMany(artifacts);
    }
  }

  private static final class HidesFailures extends DelegatingStore {
    HidesFailures(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      super.deleteMany(artifacts);
      return new DeleteReport(List.copyOf(artifacts), List.of());
    }
  }

  private static final class GivesUp extends DelegatingStore {
    GivesUp(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      artifacts.forEach(this::delete);
      return new DeleteReport(List.copyOf(artifacts), List.of());
    }
  }

  private static final class ReportsTwice extends DelegatingStore {
    ReportsTwice(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      DeleteReport report = super.deleteMany(artifacts);
      return report.isComplete() ? new DeleteReport(List.copyOf(artifacts), List.of()) : report;
    }
  }

  private static final class ReportsThere extends DelegatingStore {
    ReportsThere(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
      return super.deleteMany(artifacts.stream().filter(each -> find(each).isPresent()).toList());
    }
  }

  private static final class FolderIsPrefix extends DelegatingStore {
    FolderIsPrefix(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteFolder(KeyPrefix prefix) {
      String text = prefix.value().replaceAll("/$", "");
      return deleteMany(
          scan(KeyPrefix.all(prefix.kind()))
              .map(ArtifactSummary::artifact)
              .filter(each -> each.key().value().startsWith(text))
              .toList());
    }
  }

  private static final class FolderIsPattern extends DelegatingStore {
    FolderIsPattern(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteFolder(KeyPrefix prefix) {
      Pattern pattern = Pattern.compile(prefix.asFolder().value().replace("{", "\\{"));
      return deleteMany(
          scan(KeyPrefix.all(prefix.kind()))
              .map(ArtifactSummary::artifact)
              .filter(each -> pattern.matcher(each.key().value()).lookingAt())
              .toList());
    }
  }

  private static final class DeletesKind extends DelegatingStore {
    DeletesKind(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteFolder(KeyPrefix prefix) {
      return prefix.asFolder().isWholeKind()
          ? deleteEverything(prefix.kind())
          : super.deleteFolder(prefix);
    }
  }

  private static final class DeletesNoKind extends DelegatingStore {
    DeletesNoKind(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteReport deleteEverything(ArtifactKind kind) {
      return new DeleteReport(List.of(), List.of());
    }
  }

  private static final class DeletesBucket extends DelegatingStore {
    private final Set<ArtifactKind> gone = ConcurrentHashMap.newKeySet();

    DeletesBucket(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      DeleteOutcome outcome = super.delete(artifact);
      if (scan(KeyPrefix.all(artifact.kind())).findAny().isEmpty()) {
        gone.add(artifact.kind());
      }
      return outcome;
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (gone.contains(artifact.kind())) {
        throw new StorageBucketException(
            FailureContext.of(Operation.PUT, buckets(), artifact), "there is no bucket");
      }
      return super.put(artifact, source, options);
    }
  }
}
