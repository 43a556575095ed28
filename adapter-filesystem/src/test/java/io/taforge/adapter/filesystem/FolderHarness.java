package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.Backdoor;
import io.taforge.storage.contract.OtherProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Gives the contract kit a fresh folder for each case. */
final class FolderHarness implements ArtifactStoreHarness, Backdoor {
  private final Path base = newFolder();
  private final Path root = base.resolve("root");

  @Override
  public ArtifactStore open() {
    ArtifactStore store = FilesystemArtifactStore.open(settings());
    store.createBuckets();
    return store;
  }

  FilesystemSettings settings() {
    return FilesystemSettings.at(root);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.CONDITIONAL_DELETE,
        Capability.DETAILED_LISTING,
        Capability.DURABLE,
        Capability.LEASES,
        Capability.METADATA_UPDATE,
        Capability.SIGNED_LINKS,
        Capability.TAGS);
  }

  @Override
  public Optional<ArtifactStore> openMissingBucket() {
    return Optional.of(
        FilesystemArtifactStore.open(FilesystemSettings.at(base.resolve("nothing-here"))));
  }

  /** A root that nobody may look into; the superuser may, so there is none then. */
  @Override
  public Optional<ArtifactStore> openForbidden() {
    Path locked = base.resolve("locked");
    doing(
        () -> {
          Files.createDirectories(locked.resolve("log-samples"));
          Files.setPosixFilePermissions(locked, Set.of());
        });
    return Files.isReadable(locked)
        ? Optional.empty()
        : Optional.of(FilesystemArtifactStore.open(FilesystemSettings.at(locked)));
  }

  @Override
  public Optional<Backdoor> backdoor() {
    return Optional.of(this);
  }

  @Override
  public Optional<OtherProcess> otherProcess() {
    return Optional.of(new OtherProcess(Opener.class, root.toString()));
  }

  /** Opens the folder in another process. */
  public static final class Opener implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String folder) {
      return FilesystemArtifactStore.open(FilesystemSettings.at(folder));
    }
  }

  @Override
  public void damage(Artifact artifact, UnaryOperator<byte[]> change) {
    doing(
        () -> {
          FileTime time = Files.getLastModifiedTime(file(artifact));
          Files.write(file(artifact), change.apply(Files.readAllBytes(file(artifact))));
          Files.setLastModifiedTime(file(artifact), time);
        });
  }

  @Override
  public void plant(ArtifactKind kind, String key, byte[] content) {
    doing(
        () -> {
          Path file = root.resolve(Buckets.defaults().of(kind)).resolve(key);
          Files.createDirectories(file.getParent());
          Files.write(file, content);
        });
  }

  @Override
  public List<String> leftovers() {
    try (Stream<Path> work = Files.walk(root.resolve(".taforge/work"));
        Stream<Path> top = Files.list(root)) {
      return Stream.concat(
              work.filter(Files::isRegularFile).map(file -> file.getFileName().toString()),
              top.map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith(".taforge-")))
          .filter(name -> !name.equals("alive"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean makeUndeletable(Artifact artifact) {
    doing(
        () -> {
          Files.delete(file(artifact));
          Files.createDirectories(file(artifact).resolve("something"));
        });
    return true;
  }

  /** Half a file of content, and a record whose content was never moved to its place. */
  @Override
  public boolean plantLeftover(ArtifactKind kind) {
    Path work =
        root.resolve(".taforge").resolve("work").resolve(Long.MAX_VALUE + "-" + UUID.randomUUID());
    Path record =
        root.resolve(".taforge/records")
            .resolve(Buckets.defaults().of(kind))
            .resolve(artifactOf(kind).key().value());
    doing(
        () -> {
          Files.createDirectories(work);
          Files.createFile(work.resolve("alive"));
          String prefix = kind.folder().replace("/", "-");
          Files.write(work.resolve(prefix + UUID.randomUUID() + ".part"), new byte[1000]);
          Files.createDirectories(record.getParent());
          Files.write(record, new byte[100]);
        });
    return true;
  }

  /** An artifact of the kind that nothing has been stored for. */
  static Artifact artifactOf(ArtifactKind kind) {
    return switch (kind) {
      case LOG_SAMPLE -> new LogSample(RequestId.random(), FileName.of("a.log"));
      case TA_BUNDLE -> new TaBundle(RequestId.random(), BundleVersion.of(1), RevisionId.random());
      case DEBUG_BUNDLE -> new DebugBundle(ValidationRunId.random(), FileName.of("a.zip"));
    };
  }

  @Override
  public boolean plantLink(Artifact artifact, boolean asFolder, Path outside) {
    doing(
        () -> {
          Path place = asFolder ? file(artifact).getParent() : file(artifact);
          Files.createDirectories(place.getParent());
          Files.deleteIfExists(place);
          Files.createSymbolicLink(place, outside);
        });
    return true;
  }

  @Override
  public void cleanup() {
    doing(
        () -> {
          Path locked = base.resolve("locked");
          if (Files.exists(locked)) {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
          }
          delete(base);
        });
  }

  private Path file(Artifact artifact) {
    return root.resolve(Buckets.defaults().of(artifact.kind())).resolve(artifact.key().value());
  }

  /** Something that a test does to files. */
  @FunctionalInterface
  private interface Deed {
    void run() throws IOException;
  }

  private static void doing(Deed deed) {
    try {
      deed.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("taforge-contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
