package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces content file and record of an artifact so that readers, and crashes, see one version or
 * the other; the package comment tells how.
 */
final class ArtifactWriter {
  private static final int ATTEMPTS = 100;

  private final Root root;
  private final WriterSpace space;
  private final ArtifactReader reader;
  private final Clock clock;
  private final boolean isDurable;

  ArtifactWriter(
      Root root, WriterSpace space, ArtifactReader reader, Clock clock, boolean isDurable) {
    this.root = root;
    this.space = space;
    this.reader = reader;
    this.clock = clock;
    this.isDurable = isDurable;
  }

  StoredArtifact put(
      Artifact artifact,
      Place place,
      ContentSource source,
      PutOptions options,
      FailureContext context)
      throws IOException {
    try (Folder work = space.workshop().folder()) {
      String part = space.workshop().newName(place);
      boolean isMoved = false;
      try {
        Written written = write(work, part, source, options, context);
        try (KeyLocks.Held held = space.locks().lock(artifact.key())) {
          Optional<OpenArtifact> old = reader.findOrDamaged(place, context);
          checkCondition(context, options.condition(), old);
          FileFacts stamped = later(work, part, written.file(), old);
          ContentRecord.Description fresh =
              new ContentRecord.Description(
                  stamped.size(),
                  stamped.modified(),
                  written.sha256(),
                  options.contentTypeOf(artifact),
                  options.metadata(),
                  options.tags());
          commit(work, part, place, old, fresh);
          isMoved = true;
          return new OpenArtifact(stamped, fresh).facts(artifact);
        }
      } finally {
        if (!isMoved) {
          work.delete(part);
        }
      }
    }
  }

  /** The new modification time is the commit: the record has a description for either time. */
  StoredArtifact replaceMetadata(
      Artifact artifact,
      Place place,
      Metadata metadata,
      VersionToken version,
      FailureContext context)
      throws IOException {
    try (KeyLocks.Held held = space.locks().lock(artifact.key());
        Root.Pause pause = root.pause(Root.Access.REPLACING);
        Folder work = space.workshop().folder()) {
      OpenArtifact old =
          reader
              .find(place, context)
              .orElseThrow(
                  () ->
                      new StorageNotFoundException(context, "there is no such " + artifact.kind()));
      checkUnchanged(context, Optional.of(old), version);
      String probe = space.workshop().newName(place);
      try {
        work.create(probe).close();
        Instant time = later(work, probe, stamp(work, probe, now()), Optional.of(old)).modified();
        ContentRecord.Description fresh =
            described(old, place, artifact).withMetadata(metadata, time);
        writeRecord(work, place, old, fresh);
        try (Folder folder = root.open(place.contentFolder())) {
          folder.setModified(place.name(), time);
          sync(folder, place.name());
          return new OpenArtifact(folder.facts(place.name()).orElseThrow(), fresh).facts(artifact);
        }
      } finally {
        work.delete(probe);
      }
    }
  }

  DeleteOutcome delete(
      ArtifactKey key, Place place, @Nullable VersionToken version, FailureContext context)
      throws IOException {
    try (KeyLocks.Held held = space.locks().lock(key);
        Root.Pause pause = root.pause(Root.Access.REPLACING)) {
      Optional<Folder> found = root.find(place.contentFolder());
      if (found.isEmpty()) {
        return DeleteOutcome.ABSENT;
      }
      boolean isDeleted;
      try (Folder folder = found.get()) {
        Optional<FileFacts> file = folder.facts(place.name());
        if (file.isPresent() && version != null && !file.get().version().equals(version)) {
          throw StorageConflictException.changed(context);
        }
        isDeleted = folder.delete(place.name());
        if (isDeleted) {
          sync(folder);
        }
      }
      removeRecord(place);
      prune(List.of(place.bucket()), place.folders());
      prune(Place.recordsOf(place.bucket()), place.folders());
      return isDeleted ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  /**
   * Removes a record that no content file belongs to, as a writer that died may leave; whether
   * there was one.
   */
  boolean removeOrphan(ArtifactKey key, Place place) throws IOException {
    try (KeyLocks.Held held = space.locks().lock(key)) {
      Optional<Folder> found = root.find(place.contentFolder());
      if (found.isPresent()) {
        try (Folder folder = found.get()) {
          if (folder.facts(place.name()).isPresent()) {
            return false;
          }
        }
      }
      boolean isRemoved = removeRecord(place);
      prune(List.of(place.bucket()), place.folders());
      prune(Place.recordsOf(place.bucket()), place.folders());
      return isRemoved;
    }
  }

  /** A new file, and the checksum of what is in it. */
  private record Written(FileFacts file, Sha256 sha256) {}

  private Written write(
      Folder work, String part, ContentSource source, PutOptions options, FailureContext context)
      throws IOException {
    try (IncomingContent content = IncomingContent.open(source, options, context);
        Folder.NewFile file = create(work, part)) {
      content.readAll(file::write);
      file.setModified(now());
      sync(file);
      return new Written(facts(work, part), content.sha256());
    }
  }

  private Folder.NewFile create(Folder work, String part) throws IOException {
    Folder.NewFile file = work.create(part);
    return isDurable ? new EarlySync(file) : file;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS); // JDK 17 sets no finer times
  }

  private FileFacts stamp(Folder work, String part, Instant time) throws IOException {
    work.setModified(part, time);
    sync(work, part);
    return facts(work, part);
  }

  private static FileFacts facts(Folder work, String part) throws IOException {
    return work.facts(part).orElseThrow(() -> new NoSuchFileException(part));
  }

  /**
   * Moves the time of a new file on until it is later than that of the file it replaces, even when
   * the clock stands still or has been set back. So no version is ever taken for an earlier one.
   */
  private FileFacts later(Folder work, String part, FileFacts written, Optional<OpenArtifact> old)
      throws IOException {
    FileFacts stamped = written;
    for (long step = 1; old.isPresent(); step *= 10) {
      Instant last = lastTime(old.get());
      if (stamped.modified().isAfter(last)) {
        break;
      }
      stamped = stamp(work, part, last.plus(step, ChronoUnit.MICROS));
    }
    return stamped;
  }

  private static Instant lastTime(OpenArtifact old) {
    Instant file = old.file().modified();
    ContentRecord.Description known = old.description();
    return known == null || known.modified().isBefore(file) ? file : known.modified();
  }

  private void commit(
      Folder work,
      String part,
      Place place,
      Optional<OpenArtifact> old,
      ContentRecord.Description fresh)
      throws IOException {
    boolean isInterrupted = Thread.interrupted(); // from here on it is done or not done, whole
    try (Root.Pause pause = root.pause(Root.Access.REPLACING)) {
      writeRecord(work, place, old.orElse(null), fresh);
      move(work, part, place.contentFolder(), place.name());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeRecord(
      Folder work, Place place, @Nullable OpenArtifact old, ContentRecord.Description fresh)
      throws IOException {
    List<ContentRecord.Description> both =
        Stream.concat(Stream.ofNullable(old == null ? null : rebound(old)), Stream.of(fresh))
            .toList();
    String part = space.workshop().newName(place);
    boolean isMoved = false;
    try {
      byte[] bytes = new ContentRecord(both).toBytes();
      try (Folder.NewFile file = work.create(part)) {
        file.write(bytes, 0, bytes.length);
        sync(file);
      }
      move(work, part, place.recordFolder(), place.name());
      isMoved = true;
    } finally {
      if (!isMoved) {
        work.delete(part);
      }
    }
  }

  /** The old description, bound to the time its file has now, should that have been lost. */
  private static ContentRecord.@Nullable Description rebound(OpenArtifact old) {
    ContentRecord.Description known = old.description();
    return known == null ? null : known.withMetadata(known.metadata(), old.file().modified());
  }

  /** The description of what is there; made up for a file that somebody has put there by hand. */
  private ContentRecord.Description described(OpenArtifact old, Place place, Artifact artifact)
      throws IOException {
    ContentRecord.Description known = old.description();
    if (known != null) {
      return known;
    }
    return new ContentRecord.Description(
        old.file().size(),
        old.file().modified(),
        reader.sha256(place),
        ContentType.forName(artifact.fileName()),
        Metadata.none(),
        old.tags());
  }

  /**
   * Renames into a folder that a delete may be removing at this very moment because it is empty.
   */
  private void move(Folder work, String part, List<String> path, String name) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Folder target = root.openOrCreate(path, isDurable)) {
        work.move(part, target, name);
        sync(target);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean removeRecord(Place place) throws IOException {
    Optional<Folder> found = root.find(place.recordFolder());
    if (found.isEmpty()) {
      return false;
    }
    try (Folder folder = found.get()) {
      return folder.delete(place.name());
    }
  }

  /** Removes folders that have become empty, from the innermost outwards. */
  private void prune(List<String> top, List<String> folders) throws IOException {
    for (int depth = folders.size() - 1; depth >= 0; depth--) {
      List<String> path = Stream.concat(top.stream(), folders.stream().limit(depth)).toList();
      Optional<Folder> parent = root.find(path);
      if (parent.isPresent()) {
        try (Folder folder = parent.get()) {
          if (!folder.deleteFolder(folders.get(depth))) {
            return;
          }
        }
      }
    }
  }

  private void sync(Folder folder) throws IOException {
    if (isDurable) {
      folder.sync();
    }
  }

  private void sync(Folder.NewFile file) throws IOException {
    if (isDurable) {
      file.sync();
    }
  }

  private void sync(Folder folder, String name) throws IOException {
    if (isDurable) {
      folder.sync(name);
    }
  }

  private static void checkCondition(
      FailureContext context, WriteCondition condition, Optional<OpenArtifact> old) {
    if (condition instanceof WriteCondition.IfAbsent && old.isPresent()) {
      throw StorageConflictException.alreadyStored(context);
    }
    if (condition instanceof WriteCondition.IfUnchanged unchanged) {
      checkUnchanged(context, old, unchanged.version());
    }
  }

  private static void checkUnchanged(
      FailureContext context, Optional<OpenArtifact> old, VersionToken version) {
    if (old.isEmpty() || !old.get().file().version().equals(version)) {
      throw StorageConflictException.changed(context);
    }
  }
}
