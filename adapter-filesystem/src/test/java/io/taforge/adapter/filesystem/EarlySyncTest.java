package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUploadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlySyncTest {
  private static final byte[] PIECE = new byte[1 << 20];
  private static final byte[] LARGE = new byte[40 << 20];

  static {
    new Random(1).nextBytes(LARGE);
  }

  @TempDir Path root;

  /** A file on a disk that breaks when this many syncs have been done. */
  private static final class Disk implements Folder.NewFile {
    private final int syncsBeforeFailure;
    private final List<Thread> syncs = Collections.synchronizedList(new ArrayList<>());

    Disk(int syncsBeforeFailure) {
      this.syncsBeforeFailure = syncsBeforeFailure;
    }

    @Override
    public void write(byte[] buffer, int offset, int count) {}

    @Override
    public void setModified(Instant time) {}

    @Override
    public void sync() throws IOException {
      syncs.add(Thread.currentThread());
      if (syncs.size() == syncsBeforeFailure + 1) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void aSmallFileIsSyncedOnceAndInLine() throws IOException {
    Disk disk = new Disk(10);
    try (EarlySync file = new EarlySync(disk)) {
      write(file, 15);
      file.sync();
    }

    assertThat(disk.syncs).containsExactly(Thread.currentThread());
  }

  @Test
  void aLargeFileIsSyncedAsideAndInTheEndInLine() throws Exception {
    Disk disk = new Disk(100);
    try (EarlySync file = new EarlySync(disk)) {
      write(file, 16);
      until(() -> !disk.syncs.isEmpty());
      write(file, 48);
      file.sync();
    }

    assertThat(disk.syncs).hasSizeBetween(2, 5).endsWith(Thread.currentThread());
    assertThat(disk.syncs.get(0)).isNotEqualTo(Thread.currentThread());
    assertNoThread();
  }

  @Test
  void whatFailsEarlyFailsInTheEndThoughTheSystemWouldNotTellItAgain() throws Exception {
    Disk disk = new Disk(0);
    try (EarlySync file = new EarlySync(disk)) {
      write(file, 16);
      until(() -> !disk.syncs.isEmpty());
      write(file, 32);

      assertThatThrownBy(file::sync).hasMessage("Input/output error");
    }
    assertNoThread();
  }

  @Test
  void noThreadAndNoFileIsLeftOfAPutThatFailsOrIsInterrupted() throws Exception {
    try (FilesystemArtifactStore store =
        FilesystemArtifactStore.open(FilesystemSettings.at(root.toString()))) {
      store.createBuckets();
      LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));

      assertThatThrownBy(
              () ->
                  store.put(
                      sample,
                      source(
                          () -> {
                            throw new IllegalStateException("a scratch");
                          }),
                      PutOptions.defaults()))
          .isInstanceOf(StorageUploadException.class)
          .hasMessageContaining("a scratch");
      assertNoThread();
      assertThatThrownBy(
              () ->
                  store.put(
                      sample,
                      source(() -> Thread.currentThread().interrupt()),
                      PutOptions.defaults()))
          .isInstanceOf(StorageInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertNoThread();
      assertThat(parts()).isEmpty();

      store.put(sample, ContentSource.of(LARGE), PutOptions.defaults());
      try (ArtifactContent content = store.get(sample)) {
        assertThat(content.artifact().sha256()).contains(Sha256.of(LARGE));
        assertThat(content.readBytes(LARGE.length)).isEqualTo(LARGE);
      }
      assertNoThread();
    }
  }

  /** Something happens at 35 of its 40 MB. */
  private static ContentSource source(Runnable happens) {
    InputStream bytes =
        new ByteArrayInputStream(LARGE) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > 35 << 20) {
              happens.run();
            }
            return super.read(buffer, offset, length);
          }
        };
    return ContentSource.of(bytes);
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  private static void write(EarlySync file, int megabytes) throws IOException {
    for (int i = 0; i < megabytes; i++) {
      file.write(PIECE, 0, PIECE.length);
    }
  }

  private static void assertNoThread() throws Exception {
    until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(List.of("taforge-early-sync", "taforge-read-along")::contains));
  }

  /** Returns as soon as that is so. */
  private static void until(BooleanSupplier fact) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!fact.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(fact.getAsBoolean()).isTrue();
  }
}
