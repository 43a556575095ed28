package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.Backdoor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.Selectors;
import org.apache.commons.vfs2.impl.DefaultFileSystemManager;
import org.apache.commons.vfs2.provider.UriParser;
import org.apache.commons.vfs2.provider.ram.RamFileProvider;

/** Gives the contract kit a fresh file system of Commons VFS for each case. */
final class RamHarness implements ArtifactStoreHarness, Backdoor {
  private final DefaultFileSystemManager files = newManager();

  @Override
  public ArtifactStore open() {
    ArtifactStore store = FilesystemArtifactStore.in(folder("root"), settings());
    store.createBuckets();
    return store;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.CONDITIONAL_DELETE,
        Capability.DETAILED_LISTING,
        Capability.LEASES,
        Capability.METADATA_UPDATE,
        Capability.TAGS);
  }

  @Override
  public Optional<ArtifactStore> openMissingBucket() {
    return Optional.of(FilesystemArtifactStore.in(folder("nothing-here"), settings()));
  }

  @Override
  public Optional<Backdoor> backdoor() {
    return Optional.of(this);
  }

  @Override
  public boolean keepsContentInMemory() {
    return true;
  }

  @Override
  public void damage(Artifact artifact, UnaryOperator<byte[]> change) {
    try {
      FileObject file = content(artifact.kind(), artifact.key().value());
      long time = file.getContent().getLastModifiedTime();
      byte[] damaged = change.apply(file.getContent().getByteArray());
      write(file, damaged);
      file.getContent().setLastModifiedTime(time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void plant(ArtifactKind kind, String key, byte[] bytes) {
    try {
      write(content(kind, key), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> leftovers() {
    try {
      FileObject work = folder("root/.taforge/work");
      return work.exists()
          ? Stream.of(work.findFiles(Selectors.SELECT_FILES))
              .map(file -> file.getName().getBaseName())
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean makeUndeletable(Artifact artifact) {
    try {
      FileObject file = content(artifact.kind(), artifact.key().value());
      file.delete();
      file.createFolder();
      file.resolveFile("something").createFolder();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record without content; that a writer is dead cannot be told here. */
  @Override
  public boolean plantLeftover(ArtifactKind kind) {
    String key = FolderHarness.artifactOf(kind).key().value();
    String bucket = Buckets.defaults().of(kind);
    try {
      write(folder("root/.taforge/records/" + bucket + "/" + UriParser.encode(key)), new byte[100]);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cleanup() {
    files.close();
  }

  private FileObject content(ArtifactKind kind, String key) throws IOException {
    return folder("root/" + Buckets.defaults().of(kind) + "/" + UriParser.encode(key));
  }

  private FileObject folder(String path) {
    try {
      FileObject found = files.resolveFile("ram:///" + path);
      found.refresh();
      return found;
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FileObject file, byte[] bytes) throws IOException {
    if (file.getType() == FileType.IMAGINARY) {
      file.createFile();
    }
    try (OutputStream out = file.getContent().getOutputStream()) {
      out.write(bytes);
    }
  }

  private static FilesystemSettings settings() {
    return FilesystemSettings.at("ram:///");
  }

  private static DefaultFileSystemManager newManager() {
    try {
      DefaultFileSystemManager manager = new DefaultFileSystemManager();
      manager.addProvider("ram", new RamFileProvider());
      manager.init();
      return manager;
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }
}
