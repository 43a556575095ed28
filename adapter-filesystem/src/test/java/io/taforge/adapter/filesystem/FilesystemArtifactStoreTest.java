package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a folder promises beyond the contract. */
class FilesystemArtifactStoreTest {
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  private Path root;
  private FilesystemArtifactStore store;

  @BeforeEach
  void openStore() throws IOException {
    root = Files.createTempDirectory("taforge-store");
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
    store.createBuckets();
  }

  @AfterEach
  void removeStore() throws IOException {
    store.close();
    FolderHarness.delete(root);
  }

  @Test
  void contentIsAFileThatPeopleCanRead() throws IOException {
    put(SAMPLE, "hello");

    assertThat(file(SAMPLE)).hasContent("hello");
  }

  @Test
  void openingMakesNothing() throws IOException {
    Path elsewhere = root.resolve("elsewhere");

    FilesystemArtifactStore.open(FilesystemSettings.at(elsewhere)).close();

    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aFilePutThereByHandIsFoundWithoutChecksum() throws IOException {
    Files.createDirectories(file(SAMPLE).getParent());
    Files.writeString(file(SAMPLE), "by hand");

    StoredArtifact found = store.find(SAMPLE).orElseThrow();

    assertThat(found.sha256()).isEmpty();
    assertThat(found.contentType()).hasToString("text/plain");
    assertThat(read(SAMPLE)).isEqualTo("by hand");
    StoredArtifact changed = store.replaceMetadata(SAMPLE, Metadata.of("k", "v"), found.version());
    assertThat(changed.sha256()).isPresent();
    assertThat(read(SAMPLE)).isEqualTo("by hand");
  }

  @Test
  void aRestoredBackupWithOtherTimesIsStillWhole() throws IOException {
    store.put(
        SAMPLE,
        ContentSource.of("first".getBytes(StandardCharsets.UTF_8)),
        PutOptions.defaults().withMetadata(Metadata.of("which", "first")));
    store.put(
        SAMPLE,
        ContentSource.of("later".getBytes(StandardCharsets.UTF_8)),
        PutOptions.defaults().withMetadata(Metadata.of("which", "later")));

    Files.setLastModifiedTime(file(SAMPLE), FileTime.from(Instant.EPOCH));

    assertThat(read(SAMPLE)).isEqualTo("later");
    assertThat(store.find(SAMPLE).orElseThrow().metadata().value("which")).contains("later");
    put(SAMPLE, "again");
    assertThat(read(SAMPLE)).isEqualTo("again");
  }

  @Test
  void everyFlippedBitOfARecordIsFound() throws IOException {
    store.put(
        SAMPLE,
        ContentSource.of(new byte[3]),
        PutOptions.defaults().withMetadata(Metadata.of("k", "v")));
    Path record = root.resolve(".taforge/records/log-samples").resolve(SAMPLE.key().value());
    byte[] intact = Files.readAllBytes(record);

    for (int bit = 0; bit < intact.length * 8; bit++) {
      byte[] damaged = intact.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(record, damaged);
      assertThatThrownBy(() -> store.find(SAMPLE)).isInstanceOf(StorageIntegrityException.class);
    }
  }

  @Test
  void versionsWithinOneInstantOfTheClockAreTold() {
    Clock still = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    try (FilesystemArtifactStore other =
        FilesystemArtifactStore.open(FilesystemSettings.at(root).withClock(still))) {
      List<String> versions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Metadata number = Metadata.of("n", Integer.toString(i));
        StoredArtifact stored =
            other.put(
                SAMPLE, ContentSource.of(new byte[5]), PutOptions.defaults().withMetadata(number));
        versions.add(stored.version().value());
        assertThat(other.find(SAMPLE).orElseThrow().metadata()).isEqualTo(number);
      }

      assertThat(versions).doesNotHaveDuplicates();
    }
  }

  @Test
  void namesDoNotDependOnTheLocale() throws Exception {
    LogSample umlaut = new LogSample(SAMPLE.request(), FileName.of("Größe 日本 😀.log"));
    put(umlaut, "hello");

    String output =
        Jvm.run(
            Map.of("LC_ALL", "C", "LANG", "C"),
            List.of(),
            List.of(Lister.class.getName(), root.toString()));

    assertThat(output.strip())
        .isEqualTo("47 72 f6 df 65 20 65e5 672c 20 1f600 2e 6c 6f 67 = hello");
  }

  /** Lists the samples of a store, with the code points of their names, and reads them. */
  static final class Lister {
    private Lister() {}

    public static void main(String[] arguments) {
      try (FilesystemArtifactStore store =
          FilesystemArtifactStore.open(FilesystemSettings.at(arguments[0]))) {
        store
            .scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))
            .forEach(
                found -> {
                  found
                      .artifact()
                      .fileName()
                      .value()
                      .codePoints()
                      .forEach(point -> System.out.printf("%x ", point));
                  try (ArtifactContent content = store.get(found.artifact())) {
                    System.out.println(
                        "= " + new String(content.readBytes(99), StandardCharsets.UTF_8));
                  }
                });
      }
    }
  }

  @Test
  void aFullDiskFailsTheWriteAndNothingElse() throws Exception {
    Path mount = Files.createTempDirectory("taforge-full");
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString())
                .start()
                .waitFor()
            == 0,
        "only root may mount a file system to fill");
    try (FilesystemArtifactStore small =
        FilesystemArtifactStore.open(FilesystemSettings.at(mount))) {
      small.createBuckets();
      small.put(SAMPLE, ContentSource.of(new byte[1000]), PutOptions.defaults());

      assertThatThrownBy(
              () -> small.put(SAMPLE, ContentSource.of(new byte[4 << 20]), PutOptions.defaults()))
          .isInstanceOf(StorageUploadException.class)
          .hasMessageContaining("the disk is full");

      assertThat(small.find(SAMPLE).orElseThrow().size()).isEqualTo(1000);
      small.put(SAMPLE, ContentSource.of(new byte[1 << 20]), PutOptions.defaults());
      assertThat(small.find(SAMPLE).orElseThrow().size()).isEqualTo(1 << 20);
    } finally {
      new ProcessBuilder("umount", mount.toString()).start().waitFor();
      Files.delete(mount);
    }
  }

  @Test
  void aRootThatIsAFileIsABucketFailure() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");
    try (FilesystemArtifactStore other =
        FilesystemArtifactStore.open(FilesystemSettings.at(file))) {

      assertThatThrownBy(other::createBuckets).isInstanceOf(StorageBucketException.class);
      assertThatThrownBy(() -> other.find(SAMPLE)).isInstanceOf(StorageBucketException.class);
      assertThat(other.verifyBuckets())
          .extracting(BucketCheck::status)
          .containsOnly(BucketCheck.Status.FAILED);
    }
  }

  @Test
  void whereEverybodyMayWriteVerifyFails() throws IOException {
    assertThat(failing()).isEmpty();
    for (String open : List.of("", ".taforge", "debug-bundles")) {
      Path folder = root.resolve(open);
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

      assertThat(failing()).containsOnly("modes");
      Files.setPosixFilePermissions(folder, before);
    }
    assertThat(failing()).isEmpty();
  }

  @Test
  void whereOthersMayReadTheKeyOfLinksVerifyFails() throws IOException {
    store
        .linkSigner()
        .orElseThrow()
        .sign(LinkRequest.download(SAMPLE).validFor(Duration.ofMinutes(1)));
    assertThat(failing()).isEmpty();
    Files.setPosixFilePermissions(
        root.resolve(".taforge/links"), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(failing()).containsOnly("link-key");
  }

  @Test
  void whatVerifyLooksAtIsAsItWas() throws IOException {
    put(SAMPLE, "hello");
    List<Path> before = tree();
    store.verifyBuckets();

    assertThat(tree()).isEqualTo(before);
    assertThat(store.verifyBuckets())
        .filteredOn(each -> each.bucket().equals("log-samples"))
        .extracting(BucketCheck::aspect)
        .containsExactly(
            "exists", "writable", "readable", "listable", "deletable", "modes", "link-key");
  }

  private List<String> failing() {
    return store.verifyBuckets().stream()
        .filter(each -> each.status() == BucketCheck.Status.FAILED)
        .map(BucketCheck::aspect)
        .toList();
  }

  private List<Path> tree() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aBucketIsEmptiedOnlyWithItsName() {
    put(SAMPLE, "hello");

    assertThatThrownBy(() -> store.recreateBucket(ArtifactKind.LOG_SAMPLE, ""))
        .isInstanceOf(StorageBucketException.class);
    assertThat(store.find(SAMPLE)).isPresent();
    store.recreateBucket(ArtifactKind.LOG_SAMPLE, "log-samples");
    assertThat(store.find(SAMPLE)).isEmpty();
    put(SAMPLE, "again");
    assertThat(read(SAMPLE)).isEqualTo("again");
  }

  @Test
  void aStoreCopesWithItsRootBeingReplaced() throws IOException {
    put(SAMPLE, "hello");

    FolderHarness.delete(root);
    assertThatThrownBy(() -> put(SAMPLE, "x")).isInstanceOf(StorageBucketException.class);
    store.createBuckets();
    put(SAMPLE, "anew");

    assertThat(read(SAMPLE)).isEqualTo("anew");
  }

  @Test
  void durabilityIsACapability() {
    try (FilesystemArtifactStore careless =
        FilesystemArtifactStore.open(
            FilesystemSettings.at(root).withDurability(FilesystemSettings.Durability.NONE))) {
      careless.put(SAMPLE, ContentSource.of(new byte[3]), PutOptions.defaults());

      assertThat(careless.capabilities()).doesNotContain(Capability.DURABLE);
      assertThat(store.capabilities()).contains(Capability.DURABLE);
      assertThat(store.find(SAMPLE)).isPresent();
    }
  }

  /** Somebody swaps a request's folder for a link out of the root, and back, all the time. */
  @Test
  void swappedLinksLeadNowhere() throws Exception {
    put(SAMPLE, "inside");
    Path folder = file(SAMPLE).getParent();
    Path aside = folder.resolveSibling("aside");
    Path outside = Files.createTempDirectory("taforge-outside");
    Path secret = Files.writeString(outside.resolve("a.log"), "secret");
    Thread attacker = new Thread(() -> swap(folder, aside, outside));
    attacker.start();
    int seen = 0;
    try {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      for (int i = 0; seen < 500 && System.nanoTime() < end; i++) {
        try {
          switch (i % 4) {
            case 0 -> put(SAMPLE, "inside");
            case 1 -> store.delete(new LogSample(SAMPLE.request(), FileName.of("b.log")));
            case 2 -> assertThat(store.find(SAMPLE).map(StoredArtifact::size)).isNotEqualTo(6);
            default -> assertThat(read(SAMPLE)).isEqualTo("inside");
          }
          seen++;
        } catch (StorageException e) {
          assertThat(e).hasMessageNotContaining("secret"); // refused, which is right as well
        }
        assertThat(Files.readString(secret)).isEqualTo("secret");
        assertThat(outside.toFile().list()).containsExactly("a.log");
      }
    } finally {
      attacker.interrupt();
      attacker.join();
      FolderHarness.delete(outside);
    }
    assertThat(seen).isGreaterThan(100);
  }

  private static void swap(Path folder, Path aside, Path outside) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Files.move(folder, aside);
        Files.createSymbolicLink(folder, outside);
        Files.delete(folder);
        Files.move(aside, folder);
      } catch (IOException e) {
        try {
          if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
          } else if (Files.exists(aside) && Files.exists(folder)) {
            FolderHarness.delete(aside);
          }
        } catch (IOException again) {
          // the next round will do
        }
      }
    }
  }

  private void put(Artifact artifact, String content) {
    store.put(
        artifact,
        ContentSource.of(content.getBytes(StandardCharsets.UTF_8)),
        PutOptions.defaults());
  }

  private String read(Artifact artifact) {
    try (ArtifactContent content = store.get(artifact);
        InputStream stream = content.stream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(Artifact artifact) {
    return root.resolve("log-samples").resolve(artifact.key().value());
  }
}
