package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Leftover;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores on which a cleanup removes too much, too little, or tells it wrong. */
final class BrokenRetaining {
  private BrokenRetaining() {}

  static List<Control> controls() {
    return List.of(
        Control.of(
            "lists samples as a second older than they are",
            "L",
            inner ->
                new Listing(
                    inner,
                    each ->
                        new ArtifactSummary(
                            each.artifact(),
                            each.size(),
                            each.storedAt().minusSeconds(1),
                            each.version()))),
        Control.of("tells the time of another zone", "L", inner -> at(inner, TWO_HOURS_AGO)),
        Control.of("tells the same time of everything", "L", inner -> at(inner, YESTERDAY)),
        Control.of("deletes what it lists", "L", DeletesAsItLists::new),
        Control.of("deletes the next one, too", "L", DeletesTheNext::new),
        Control.of("lists everything twice", "L", ListsTwice::new),
        Control.of(
            "lists samples as larger than they are",
            "L",
            inner ->
                new Listing(
                    inner,
                    each ->
                        new ArtifactSummary(
                            each.artifact(), each.size() + 1, each.storedAt(), each.version()))),
        Control.sharing("tells what it once found", "L", RemembersFinds::shared),
        Control.of("fails to find what is not there", "L", FailsToFind::new),
        Control.of("deletes nothing that has not changed", "L", DeletesNothing::new),
        Control.of(
            "forgets what is held",
            "L",
            inner -> new Retold(inner, each -> Retold.with(each, Metadata.none()))),
        Control.sharing("takes writers for dead", "L", TakesWritersForDead::shared));
  }

  private static final UnaryOperator<Instant> TWO_HOURS_AGO =
      time -> time.minus(Duration.ofHours(2));

  private static final UnaryOperator<Instant> YESTERDAY = time -> time.truncatedTo(ChronoUnit.DAYS);

  private static ArtifactStore at(ArtifactStore inner, UnaryOperator<Instant> other) {
    UnaryOperator<ArtifactSummary> summary =
        each ->
            new ArtifactSummary(
                each.artifact(), each.size(), other.apply(each.storedAt()), each.version());
    return new Listing(
        new Retold(inner, each -> Retold.with(each, other.apply(each.storedAt()))), summary);
  }

  /** Lists otherwise than it finds. */
  private static final class Listing extends DelegatingStore {
    private final UnaryOperator<ArtifactSummary> tale;

    Listing(ArtifactStore inner, UnaryOperator<ArtifactSummary> tale) {
      super(inner);
      this.tale = tale;
    }

    @Override
    public Stream<ArtifactSummary> scan(KeyPrefix prefix) {
      return super.scan(prefix).map(tale);
    }
  }

  private static final class DeletesAsItLists extends DelegatingStore {
    DeletesAsItLists(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Stream<ArtifactSummary> scan(KeyPrefix prefix) {
      return super.scan(prefix).peek(each -> inner.delete(each.artifact()));
    }
  }

  private static final class DeletesTheNext extends DelegatingStore {
    DeletesTheNext(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      inner
          .scan(KeyPrefix.all(artifact.kind()))
          .map(ArtifactSummary::artifact)
          .filter(each -> each.key().compareTo(artifact.key()) > 0)
          .reduce((first, last) -> last)
          .ifPresent(inner::delete);
      return super.deleteUnchanged(artifact, version);
    }
  }

  private static final class ListsTwice extends DelegatingStore {
    ListsTwice(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Stream<ArtifactSummary> scan(KeyPrefix prefix) {
      return super.scan(prefix).flatMap(each -> Stream.of(each, each));
    }
  }

  private static final class RemembersFinds extends DelegatingStore {
    private final Map<ArtifactKey, Optional<StoredArtifact>> found;

    private RemembersFinds(ArtifactStore inner, Map<ArtifactKey, Optional<StoredArtifact>> found) {
      super(inner);
      this.found = found;
    }

    static UnaryOperator<ArtifactStore> shared() {
      Map<ArtifactKey, Optional<StoredArtifact>> found = new ConcurrentHashMap<>();
      return inner -> new RemembersFinds(inner, found);
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      return found.computeIfAbsent(artifact.key(), key -> super.find(artifact));
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      return super.delete(artifact);
    }
  }

  private static final class FailsToFind extends DelegatingStore {
    FailsToFind(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      Optional<StoredArtifact> found = super.find(artifact);
      if (found.isEmpty()) {
        throw new StorageNotFoundException(
            FailureContext.of(Operation.FIND, buckets(), artifact), "there is none");
      }
      return found;
    }
  }

  private static final class DeletesNothing extends DelegatingStore {
    DeletesNothing(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      return find(artifact).isPresent() ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  private static final class TakesWritersForDead extends DelegatingStore {
    private final Set<ArtifactKey> writing;

    private TakesWritersForDead(ArtifactStore inner, Set<ArtifactKey> writing) {
      super(inner);
      this.writing = writing;
    }

    static UnaryOperator<ArtifactStore> shared() {
      Set<ArtifactKey> writing = ConcurrentHashMap.newKeySet();
      return inner -> new TakesWritersForDead(inner, writing);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      writing.add(artifact.key());
      try {
        return super.put(artifact, source, options);
      } finally {
        writing.remove(artifact.key());
      }
    }

    @Override
    public Stream<Leftover> leftovers(ArtifactKind kind) {
      return writing.stream()
          .filter(key -> Artifact.at(key).kind() == kind)
          .map(
              key ->
                  new Leftover(
                      kind,
                      Leftover.Type.UPLOAD,
                      key.value(),
                      Instant.EPOCH,
                      OptionalLong.empty()));
    }
  }
}
