package io.taforge.adapter.filesystem;

import io.taforge.artifact.Sha256;
import io.taforge.storage.FailureContext;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.StorageIntegrityException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Finds the content file of an artifact and the description that fits it, without a lock: a writer
 * may replace both at any moment, and then it looks again.
 */
final class ArtifactReader {
  private final Root root;

  ArtifactReader(Root root) {
    this.root = root;
  }

  /** What is there now; empty if nothing is. */
  Optional<OpenArtifact> find(Place place, FailureContext context) throws IOException {
    try (Root.Pause pause = root.pause(Root.Access.LOOKING)) {
      Optional<Folder> opened = root.find(place.contentFolder());
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (Folder folder = opened.get()) {
        return find(folder, place, context);
      }
    }
  }

  /** What is there now, without a description if it is damaged: good enough to be replaced. */
  Optional<OpenArtifact> findOrDamaged(Place place, FailureContext context) throws IOException {
    try {
      return find(place, context);
    } catch (StorageIntegrityException | ContentRecord.DamagedRecordException e) {
      Optional<Folder> opened = root.find(place.contentFolder());
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      try (Folder folder = opened.get()) {
        return folder.facts(place.name()).map(file -> new OpenArtifact(file, null));
      }
    }
  }

  private Optional<OpenArtifact> find(Folder folder, Place place, FailureContext context)
      throws IOException {
    while (true) {
      Optional<FileFacts> file = folder.facts(place.name());
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Optional<ContentRecord> record = record(place);
      Optional<ContentRecord.Description> description = record.flatMap(r -> r.of(file.get()));
      if (description.isPresent()) {
        return Optional.of(new OpenArtifact(file.get(), description.get()));
      }
      boolean isSettled = folder.facts(place.name()).equals(file);
      if (isSettled && record.isEmpty()) {
        return Optional.of(new OpenArtifact(file.get(), null));
      }
      if (isSettled && record(place).equals(record)) {
        return Optional.of(
            new OpenArtifact(
                file.get(), likeliest(folder, place, file.get(), record.get(), context)));
      }
    }
  }

  /** Opens what is there now for reading; empty if nothing is. */
  Optional<Opened> open(Place place, FailureContext context, Offset offset) throws IOException {
    try (Root.Pause pause = root.pause(Root.Access.LOOKING)) {
      Optional<Folder> found = root.find(place.contentFolder());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (Folder folder = found.get()) {
        return open(folder, place, context, offset);
      }
    }
  }

  private Optional<Opened> open(Folder folder, Place place, FailureContext context, Offset offset)
      throws IOException {
    while (true) {
      Optional<OpenArtifact> artifact = find(folder, place, context);
      if (artifact.isEmpty()) {
        return Optional.empty();
      }
      long start = offset.in(artifact.get().file().size());
      Optional<InputStream> bytes = read(folder, place, start);
      if (bytes.isPresent() && isStill(artifact.get().file(), folder, place, bytes.get())) {
        return Optional.of(new Opened(artifact.get(), bytes.get()));
      }
    }
  }

  /**
   * The same file before and after it was opened: so that is the one that is open. Any other is
   * closed.
   */
  private static boolean isStill(FileFacts file, Folder folder, Place place, InputStream bytes)
      throws IOException {
    boolean isSame = false;
    try {
      isSame = folder.facts(place.name()).equals(Optional.of(file));
    } finally {
      if (!isSame) {
        bytes.close();
      }
    }
    return isSame;
  }

  /** An artifact, and its bytes from the wanted offset on. */
  record Opened(OpenArtifact artifact, InputStream bytes) {}

  /** Where to begin in content of some size. */
  @FunctionalInterface
  interface Offset {
    long in(long size);
  }

  /** The record at a place; empty if there is none. */
  Optional<ContentRecord> record(Place place) throws IOException {
    Optional<Folder> found = root.find(place.recordFolder());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Folder folder = found.get();
        InputStream bytes = folder.read(place.name(), 0)) {
      return Optional.of(ContentRecord.parse(bytes.readAllBytes()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<InputStream> read(Folder folder, Place place, long offset)
      throws IOException {
    try {
      return Optional.of(folder.read(place.name(), offset));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The description of a file that has lost its modification time, as a restored backup has. If it
   * is the wrong one after all, its checksum will tell.
   */
  private static ContentRecord.Description likeliest(
      Folder folder, Place place, FileFacts file, ContentRecord record, FailureContext context)
      throws IOException {
    List<ContentRecord.Description> candidates = record.ofSize(file.size());
    if (candidates.isEmpty()) {
      throw new StorageIntegrityException(
          context,
          "the content has "
              + file.size()
              + " bytes, and was stored with "
              + record.descriptions().stream().map(each -> Long.toString(each.size())).toList());
    }
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    Sha256 actual = sha256(folder, place.name());
    return candidates.stream()
        .filter(each -> each.sha256().equals(actual))
        .findFirst()
        .orElse(candidates.get(0));
  }

  /** The checksum of what is at a place. */
  Sha256 sha256(Place place) throws IOException {
    try (Folder folder = root.open(place.contentFolder())) {
      return sha256(folder, place.name());
    }
  }

  private static Sha256 sha256(Folder folder, String name) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[IncomingContent.BUFFER_SIZE];
    try (InputStream bytes = folder.read(name, 0)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.of(digest);
  }
}
