package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageIntegrityException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Flips a bit of what is stored, content or record, as a disk does that gets old: whoever reads the
 * whole is told. {@code -Dbits.flips=100000} makes it longer, {@code -Dbits.seed} repeats a run.
 */
@Tag("reliability")
class FlippedBitsTest {
  private static final int FLIPS = Integer.getInteger("bits.flips", 400);
  private static final long SEED = Long.getLong("bits.seed", System.nanoTime());
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  private final Random random = new Random(SEED);
  private final byte[] content = new byte[2000];
  private Path root;
  private FilesystemArtifactStore store;

  @BeforeEach
  void fill() throws IOException {
    root = MemoryFolder.make("taforge-bits");
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
    store.createBuckets();
    random.nextBytes(content);
    for (String version : new String[] {"first", "second"}) { // so the record has two descriptions
      store.put(
          SAMPLE,
          ContentSource.of(content),
          PutOptions.defaults().withMetadata(Metadata.of("version", version)));
    }
  }

  @AfterEach
  void remove() throws IOException {
    store.close();
    FolderHarness.delete(root);
  }

  @Test
  void everyFlippedBitIsDetectedByWhoeverReadsTheWhole() throws IOException {
    Path file = root.resolve("log-samples/" + SAMPLE.key());
    Path record = root.resolve(".taforge/records/log-samples/" + SAMPLE.key());
    int told = 0;
    int silent = 0;
    int unnoticedWithoutChecksum = 0;
    for (int i = 0; i < FLIPS; i++) {
      Path victim = i % 2 == 0 ? file : record;
      long bit = random.nextLong(Files.size(victim) * 8);
      flip(victim, bit);
      if (isTold()) {
        told++;
      } else {
        silent++;
      }
      unnoticedWithoutChecksum += Files.size(file) == content.length ? 1 : 0;
      flip(victim, bit);
    }

    System.out.printf(
        "Reliability N3: stored files: %d flipped bits, %d detected, %d silent (seed %d)%n",
        FLIPS, told, silent, SEED);
    System.out.printf(
        "Reliability N3 control: stored files: a reader that compares lengths overlooks %d of %d%n",
        unnoticedWithoutChecksum, FLIPS);
    assertThat(told).isEqualTo(FLIPS);
    assertThat(silent).isZero();
    assertThat(unnoticedWithoutChecksum).isPositive();
    assertThat(read()).isEqualTo(content);
  }

  private boolean isTold() throws IOException {
    try {
      read();
      return false;
    } catch (StorageIntegrityException e) {
      return true;
    }
  }

  private byte[] read() throws IOException {
    try (ArtifactContent opened = store.get(SAMPLE)) {
      byte[] bytes = opened.stream().readAllBytes();
      String version = opened.artifact().metadata().value("version").orElse("");
      assertThat(Arrays.equals(bytes, content) && version.equals("second")).isTrue();
      return bytes;
    }
  }

  /** As a disk does it, which sets no times. */
  private static void flip(Path file, long bit) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, bit / 8);
      one.put(0, (byte) (one.get(0) ^ (1 << (bit % 8)))).rewind();
      channel.write(one, bit / 8);
    }
    Files.setLastModifiedTime(file, time);
  }
}
