package io.taforge.adapter.filesystem;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.IncomingContent;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder with a store on it for one thing that is done and may fail: samples a and b of one
 * request, c of another, of which there may be an old and a new version.
 */
final class FaultWorld {
  static final String ABSENT = "absent";
  static final String OLD = "old";
  static final String NEW = "new";
  static final String NO_BUCKET = "no bucket";

  /** Two buffers, and so two writes. */
  private static final int SIZE = IncomingContent.BUFFER_SIZE + 1000;

  private static final Map<String, byte[]> CONTENTS = new ConcurrentHashMap<>();

  private final Path root;
  private final FilesystemArtifactStore store;
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();

  FaultWorld(Path root) {
    this.root = root;
    this.store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
  }

  Path root() {
    return root;
  }

  FilesystemArtifactStore store() {
    return store;
  }

  /** Makes the buckets, and old versions of these samples. */
  void fill(String... names) {
    store.createBuckets();
    for (String name : names) {
      put(name, OLD, PutOptions.defaults());
    }
  }

  String put(String name, String version, PutOptions options) {
    store.put(
        sample(name),
        ContentSource.of(content(name, version)),
        options.withMetadata(Metadata.of("version", version)));
    return version;
  }

  /** Keeps something for later, and closes it in the end. */
  <T extends AutoCloseable> T keep(T something) {
    kept.push(something);
    return something;
  }

  AutoCloseable lastKept() {
    return kept.element();
  }

  static LogSample sample(String name) {
    RequestId request = RequestId.of(new UUID(7, name.equals("c") ? 2 : 1));
    return new LogSample(request, FileName.of(name + ".log"));
  }

  static byte[] content(String name, String version) {
    return CONTENTS.computeIfAbsent(
        name + version,
        seed -> {
          byte[] content = new byte[SIZE];
          new Random(seed.hashCode()).nextBytes(content);
          return content;
        });
  }

  /** Which version of each sample is there, as a store sees it that has just been opened. */
  Map<String, String> state() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (FilesystemArtifactStore other =
        FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
      for (String name : List.of("a", "b", "c")) {
        found.put(name, state(other, name));
      }
    }
    return found;
  }

  private static String state(FilesystemArtifactStore store, String name) throws IOException {
    try (ArtifactContent content = store.get(sample(name))) {
      String version = version(name, content.stream().readAllBytes());
      String told = content.artifact().metadata().value("version").orElse("none");
      return version.equals(told) ? version : version + " with metadata " + told;
    } catch (StorageNotFoundException e) {
      return ABSENT;
    } catch (StorageBucketException e) {
      return NO_BUCKET;
    } catch (StorageException e) {
      return "damaged: " + e.getMessage();
    }
  }

  static String version(String name, byte[] content) {
    return Stream.of(OLD, NEW)
        .filter(version -> Arrays.equals(content, content(name, version)))
        .findFirst()
        .orElse("damaged content of " + content.length + " bytes");
  }

  /** Temporary files, and folders that have not come to their place. */
  long temporaries() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(file -> file.getFileName().toString())
          .filter(
              name ->
                  name.endsWith(".part")
                      || name.startsWith(Workshop.FRESH_FOLDER_PREFIX)
                      || name.startsWith(".taforge-canary"))
          .count();
    }
  }

  /** What this process has open below the folder. */
  List<String> open() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(FaultWorld::target)
          .filter(target -> target.startsWith(root + "/"))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return ""; // that of the listing itself
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Closes what was kept, and the store. */
  void close() throws Exception {
    while (!kept.isEmpty()) {
      kept.pop().close();
    }
    store.close();
  }
}
