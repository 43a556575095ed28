package io.taforge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.remote.PartPlan;
import io.taforge.storage.remote.StagedContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAlongTest {
  private static final FailureContext CONTEXT = FailureContext.of(Operation.PUT);
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));
  private static final byte[] LARGE = bytes(5 * ReadAlong.MOST_IN_LINE + 17);

  @Test
  void theChecksumIsThePlainOneForAllSizesAndPieces() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      byte[] content = bytes(random.nextInt(4 * ReadAlong.MOST_IN_LINE));
      MessageDigest digest = Sha256.newDigest();
      try (ReadAlong along = new ReadAlong(digest::update)) {
        byte[] piece = new byte[1 + random.nextInt(300_000)];
        for (int done = 0; done < content.length; ) {
          int size = Math.min(1 + random.nextInt(piece.length), content.length - done);
          System.arraycopy(content, done, piece, piece.length - size, size);
          along.read(piece, piece.length - size, size);
          done += size;
        }
        along.finish();
      }
      assertThat(Sha256.of(digest))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Sha256.of(content));
    }
    assertNoThread();
  }

  @Test
  void bytesThatAreBroughtToItsMemoryAreReadByAllReadersFromWhereTheyCameIn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      byte[] content = bytes(1 + random.nextInt(6 * ReadAlong.MOST_IN_LINE));
      int joinsAt = random.nextInt(content.length);
      MessageDigest first = Sha256.newDigest();
      MessageDigest second = Sha256.newDigest();
      int joinedAt = -1;
      byte[] own = new byte[1 + random.nextInt(300_000)];
      try (ReadAlong along = new ReadAlong(first::update)) {
        for (int done = 0; done < content.length; ) {
          if (joinedAt < 0 && done >= joinsAt) {
            along.also(second::update);
            joinedAt = done;
          }
          byte[] bytes = along.chunk().orElse(own);
          int offset = along.filled();
          int most = Math.min(bytes.length - offset, content.length - done);
          int size = 1 + random.nextInt(most);
          System.arraycopy(content, done, bytes, offset, size);
          along.read(bytes, offset, size);
          assertThat(Arrays.equals(bytes, offset, offset + size, content, done, done + size))
              .as("whoever has brought them still has them")
              .isTrue();
          done += size;
        }
        along.finish();
      }
      assertThat(Sha256.of(first))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Sha256.of(content));
      if (joinedAt >= 0) {
        assertThat(Sha256.of(second))
            .as("seed %d, round %d, from %d on", seed, round, joinedAt)
            .isEqualTo(Sha256.of(Arrays.copyOfRange(content, joinedAt, content.length)));
      }
    }
    assertNoThread();
  }

  @Test
  void noMemoryIsFilledAgainBeforeTheSlowestHasReadIt() {
    AtomicInteger behind = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    byte[] own = new byte[ReadAlong.MOST_IN_LINE + 1];
    MessageDigest slow = Sha256.newDigest();
    try (ReadAlong along = new ReadAlong((bytes, offset, size) -> behind.addAndGet(-size))) {
      along.also(slow::update);
      behind.set(own.length);
      along.read(own, 0, own.length);
      MessageDigest whole = Sha256.newDigest();
      whole.update(own, 0, own.length);
      for (int piece = 0; piece < 200; piece++) {
        byte[] chunk = along.chunk().orElseThrow();
        int offset = along.filled();
        Arrays.fill(chunk, offset, chunk.length, (byte) piece);
        whole.update(chunk, offset, chunk.length - offset);
        most.accumulateAndGet(behind.addAndGet(chunk.length - offset), Math::max);
        along.read(chunk, offset, chunk.length - offset);
      }
      along.finish();

      assertThat(Sha256.of(slow)).isEqualTo(Sha256.of(whole));
      assertThat(most.get()).isLessThanOrEqualTo(8 * 128 * 1024);
    }
  }

  @Test
  void contentIsReadToItsEndWithoutChangingWhatTheSinkHas() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (IncomingContent content =
        IncomingContent.open(ContentSource.of(LARGE), PutOptions.defaults(), CONTEXT)) {
      content.readAll(all::write);

      assertThat(content.sha256()).isEqualTo(Sha256.of(LARGE));
    }
    assertThat(all.toByteArray()).isEqualTo(LARGE);
    assertNoThread();
  }

  @Test
  void smallContentGetsNoThread() {
    AtomicReference<Thread> reader = new AtomicReference<>();
    try (ReadAlong along =
        new ReadAlong((bytes, offset, size) -> reader.set(Thread.currentThread()))) {
      along.read(LARGE, 0, ReadAlong.MOST_IN_LINE);
      assertThat(reader.get()).isEqualTo(Thread.currentThread());
      along.read(LARGE, 0, 1);
      along.finish();

      assertThat(reader.get().getName()).isEqualTo("taforge-read-along");
      assertThat(reader.get().isDaemon()).isTrue();
    }
  }

  @Test
  void aReaderThatFailsHoldsNobodyUpAndIsHeardOfInTheEnd() {
    Thread caller = Thread.currentThread();
    try (ReadAlong along =
        new ReadAlong(
            (bytes, offset, size) -> {
              if (!Thread.currentThread().equals(caller)) {
                throw new IllegalStateException("cannot read");
              }
            })) {
      along.read(LARGE, 0, ReadAlong.MOST_IN_LINE);
      along.read(LARGE, 0, LARGE.length);

      assertThatThrownBy(along::finish).hasMessage("cannot read");
    }
    assertNoThread();
  }

  @Test
  void anInterruptChangesNothingAndIsKept() {
    MessageDigest digest = Sha256.newDigest();
    try (ReadAlong along = new ReadAlong(digest::update)) {
      Thread.currentThread().interrupt();
      along.read(LARGE, 0, LARGE.length);
      along.finish();
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Sha256.of(digest)).isEqualTo(Sha256.of(LARGE));
  }

  @Test
  void whatIsReadAfterAnotherThreadHasClosedItIsPassedOver() throws InterruptedException {
    ReadAlong along = new ReadAlong((bytes, offset, size) -> {});
    along.read(LARGE, 0, LARGE.length);
    Thread other = new Thread(along::close);
    other.start();
    other.join();

    along.read(LARGE, 0, LARGE.length);
    along.finish();
    along.close();
    assertNoThread();
  }

  @Test
  void noThreadIsLeftOfASourceThatFails(@TempDir Path folder) {
    assertThatThrownBy(
            () -> new InMemoryArtifactStore().put(SAMPLE, failing(), PutOptions.defaults()))
        .isInstanceOf(StorageUploadException.class)
        .hasMessageContaining("a scratch");
    assertThatThrownBy(
            () ->
                StagedContent.of(
                    failing(), PutOptions.defaults(), PartPlan.defaults(), folder, CONTEXT))
        .isInstanceOf(StorageUploadException.class)
        .hasMessageContaining("a scratch");
    assertNoThread();
  }

  @Test
  void noThreadIsLeftOfAnUploadThatIsInterrupted(@TempDir Path folder) {
    ContentSource source =
        ContentSource.of(
            new ByteArrayInputStream(LARGE) {
              @Override
              public synchronized int read(byte[] buffer, int offset, int length) {
                if (pos > 3 * ReadAlong.MOST_IN_LINE) {
                  Thread.currentThread().interrupt();
                }
                return super.read(buffer, offset, length);
              }
            });

    assertThatThrownBy(
            () ->
                StagedContent.of(
                    source, PutOptions.defaults(), PartPlan.defaults(), folder, CONTEXT))
        .isInstanceOf(StorageInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertNoThread();
  }

  @Test
  void noThreadIsLeftOfADownloadThatIsGivenUpOrWrong() throws IOException {
    InMemoryArtifactStore store = new InMemoryArtifactStore();
    StoredArtifact stored = store.put(SAMPLE, ContentSource.of(LARGE), PutOptions.defaults());
    try (ArtifactContent content = store.get(SAMPLE)) {
      assertThat(content.stream().readNBytes(3 * ReadAlong.MOST_IN_LINE)).isNotEmpty();
    }
    assertNoThread();

    byte[] wrong = LARGE.clone();
    wrong[LARGE.length - 1] ^= 1;
    try (ArtifactContent content = content(stored, wrong)) {
      assertThatThrownBy(() -> content.stream().transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(StorageIntegrityException.class)
          .hasMessageContaining("was stored with");
    }
    assertNoThread();
  }

  @Test
  void noThreadIsLeftOfADownloadThatNobodyCloses() throws Exception {
    StoredArtifact stored =
        new InMemoryArtifactStore().put(SAMPLE, ContentSource.of(LARGE), PutOptions.defaults());
    AtomicReference<Artifact> leaked = new AtomicReference<>();
    try (ContentLeaks.Subscription subscription = ContentLeaks.subscribe(leaked::set)) {
      content(stored, LARGE).stream().readNBytes(3 * ReadAlong.MOST_IN_LINE);
      for (int i = 0; leaked.get() == null && i < 100; i++) {
        System.gc();
        Thread.sleep(50);
      }
    }

    assertThat(leaked.get()).isEqualTo(SAMPLE);
    assertNoThread();
  }

  private static ArtifactContent content(StoredArtifact stored, byte[] bytes) {
    return ArtifactContent.whole(
        stored,
        new ByteArrayInputStream(bytes),
        CONTEXT,
        (context, failure) -> new StorageDownloadException(context, "failed", failure));
  }

  private static ContentSource failing() {
    InputStream bytes =
        new ByteArrayInputStream(LARGE) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > 3 * ReadAlong.MOST_IN_LINE) {
              throw new IllegalStateException("a scratch");
            }
            return super.read(buffer, offset, length);
          }
        };
    return ContentSource.of(bytes);
  }

  /** It has nothing to do any more, but may need a moment to go. */
  private static void assertNoThread() {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (isThreadLeft() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(isThreadLeft()).isFalse();
  }

  private static boolean isThreadLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("taforge-read-along"));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
