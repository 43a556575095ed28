package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.Buckets;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.Leftover;
import io.taforge.storage.ListQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What writers that died have left: files in their workshops, and records that no content belongs
 * to. A record is there for a moment before its content is, so one may be seen that is no leftover;
 * removing it looks again, when nobody is writing the artifact.
 */
final class Leavings {
  private final Root root;
  private final Buckets buckets;

  Leavings(Root root, Buckets buckets) {
    this.root = root;
    this.buckets = buckets;
  }

  /** Files that dead writers of this kind have left. */
  List<Leftover> files(ArtifactKind kind) throws IOException {
    return Workshop.abandoned(root, WriterSpace.owners()).stream()
        .filter(each -> Workshop.kindOf(each.name()).equals(kind))
        .map(
            each ->
                new Leftover(
                    kind,
                    Leftover.Type.FILE,
                    each.owner() + "/" + each.name(),
                    each.facts().modified(),
                    OptionalLong.of(each.facts().size())))
        .toList();
  }

  /** A walk through all records of a kind; see {@link #nextOrphan}. */
  KeyWalk records(ArtifactKind kind) {
    // records have the layout of what they describe, so the same walk finds them
    List<String> records = Place.recordsOf(buckets.of(kind));
    return new KeyWalk(root, records, ListQuery.of(KeyPrefix.all(kind)));
  }

  /** The next record that has no content; empty after the last one. */
  Optional<Leftover> nextOrphan(KeyWalk records) throws IOException {
    for (Optional<KeyWalk.Found> found = records.next();
        found.isPresent();
        found = records.next()) {
      Artifact artifact = found.get().artifact();
      if (!hasContent(Place.of(buckets, artifact))) {
        return Optional.of(
            new Leftover(
                artifact.kind(),
                Leftover.Type.RECORD,
                artifact.key().value(),
                found.get().file().modified(),
                OptionalLong.of(found.get().file().size())));
      }
    }
    return Optional.empty();
  }

  /** Removes all records of a kind that have no content. */
  void sweepRecords(ArtifactKind kind, ArtifactWriter writer) throws IOException {
    KeyWalk records = records(kind);
    for (Optional<Leftover> orphan = nextOrphan(records);
        orphan.isPresent();
        orphan = nextOrphan(records)) {
      removeRecord(orphan.get(), writer);
    }
  }

  /** Removes one, unless somebody writes there, or has meanwhile. */
  DeleteOutcome remove(Leftover leftover, WriterSpace space, ArtifactWriter writer)
      throws IOException {
    return switch (leftover.type()) {
      case UPLOAD -> DeleteOutcome.ABSENT;
      case FILE -> removeFile(leftover.name(), space);
      case RECORD -> removeRecord(leftover, writer);
    };
  }

  private static DeleteOutcome removeFile(String name, WriterSpace space) throws IOException {
    String[] parts = name.split("/", -1);
    if (parts.length != 2) {
      return DeleteOutcome.ABSENT;
    }
    try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
      return outcome(space.workshop().removeAbandoned(parts[0], parts[1]));
    }
  }

  private DeleteOutcome removeRecord(Leftover leftover, ArtifactWriter writer) throws IOException {
    try {
      Artifact artifact = Artifact.at(ArtifactKey.of(leftover.name()));
      return artifact.kind() == leftover.kind()
          ? outcome(writer.removeOrphan(artifact.key(), Place.of(buckets, artifact)))
          : DeleteOutcome.ABSENT;
    } catch (InvalidKeyException e) {
      return DeleteOutcome.ABSENT; // no record has such a name
    }
  }

  private boolean hasContent(Place place) throws IOException {
    Optional<Folder> found = root.find(place.contentFolder());
    if (found.isEmpty()) {
      return false;
    }
    try (Folder folder = found.get()) {
      return folder.facts(place.name()).isPresent();
    }
  }

  private static DeleteOutcome outcome(boolean isRemoved) {
    return isRemoved ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
  }
}
