package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Area A: what is written is read back, whole and at once. */
abstract class WritingCases extends ContractCases {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int PART = 5 * MEBIBYTE;
  private static final byte[] OLD = bytes(300_000, 1);
  private static final byte[] NEW = bytes(200_000, 2);

  @Case("A01")
  void emptyContentIsContent() {
    assertRoundTrip(new byte[0]);
  }

  @Case("A02")
  void oneByteIsKept() {
    assertRoundTrip(new byte[] {42});
  }

  @Case("A03")
  void contentAroundTheSizeOfAPartIsKept() {
    for (int size : new int[] {PART - 1, PART, PART + 1}) {
      assertRoundTrip(bytes(size, size));
    }
  }

  @Case("A04")
  void largeContentStreamsThroughLittleMemory() throws Exception {
    long size = (harness().keepsContentInMemory() ? 8L : 64L) * MEBIBYTE;
    HeapGauge gauge = new HeapGauge();
    LogSample known = sample("known.log");
    LogSample unknown = sample("unknown.log");
    ContentSource replayable =
        new ContentSource.Replayable(size, () -> gauge.watching(new Noise(size, 4)));
    StoredArtifact stored = store.put(known, replayable, PutOptions.defaults());
    store.put(
        unknown,
        ContentSource.of(gauge.watching(new Noise(size, 4))),
        PutOptions.defaults().expecting(stored.sha256().orElseThrow()));

    for (LogSample sample : List.of(known, unknown)) {
      try (ArtifactContent content = store.get(sample);
          InputStream expected = new Noise(size, 4)) {
        assertThat(content.length()).isEqualTo(size);
        assertSameBytes(gauge.watching(content.stream()), expected);
      }
    }
    if (!harness().keepsContentInMemory()) {
      assertThat(gauge.growth()).as("growth of the live heap").isLessThan(48L * MEBIBYTE);
    }
  }

  @Case("A05")
  void contentOfUnknownLengthIsKeptToItsEnd() {
    for (int size : new int[] {0, 1, 100_000, PART + 1}) {
      byte[] content = bytes(size, size);
      StoredArtifact stored =
          store.put(
              sample("a.log"), ContentSource.of(inSmallPieces(content)), PutOptions.defaults());

      assertThat(stored.size()).isEqualTo(size);
      assertThat(read(sample("a.log"))).isEqualTo(content);
    }
  }

  @Case("A06")
  void contentShorterThanAnnouncedIsRefused() {
    assertRefused(StorageIntegrityException.class, () -> announcing(OLD.length + 1, OLD));
    assertRefused(StorageIntegrityException.class, () -> announcing(PART + 1, bytes(PART, 6)));
    assertRefused(StorageIntegrityException.class, () -> announcing(1, new byte[0]));
  }

  @Case("A07")
  void contentLongerThanAnnouncedIsRefused() {
    assertRefused(StorageIntegrityException.class, () -> announcing(OLD.length - 1, OLD));
    assertRefused(StorageIntegrityException.class, () -> announcing(PART, bytes(PART + 1, 7)));
    assertRefused(StorageIntegrityException.class, () -> announcing(0, new byte[1]));
  }

  @Case("A08")
  void aSourceThatFailsHalfWayChangesNothing() {
    for (int position : new int[] {0, 1, 100_000, PART + 1}) {
      for (Exception trouble :
          List.of(new IOException("a scratch"), new IllegalStateException("a mistake"))) {
        assertRefused(
            StorageUploadException.class, () -> ContentSource.of(failingAt(position, trouble)));
        assertRefused(
            StorageUploadException.class,
            () -> ContentSource.of(failingAt(position, trouble), PART * 2));
      }
    }
    StorageException itsOwn =
        new StorageQuotaExceededException(
            FailureContext.of(Operation.PUT), UploadLimit.ofBytes(1), 2);
    assertRefused(
        StorageQuotaExceededException.class, () -> ContentSource.of(failingAt(1000, itsOwn)));
  }

  @Case("A09")
  void anOverwriteReplacesContentAndMetadata() {
    store.put(
        sample("a.log"),
        ContentSource.of(OLD),
        PutOptions.defaults().withMetadata(Metadata.of("age", "old")));
    PutOptions replacing = PutOptions.defaults().withMetadata(Metadata.of("state", "new"));
    StoredArtifact stored = confirmed(store.put(sample("a.log"), ContentSource.of(NEW), replacing));

    assertThat(read(sample("a.log"))).isEqualTo(NEW);
    assertThat(stored.metadata()).isEqualTo(Metadata.of("state", "new"));
    assertThat(store.find(sample("a.log"))).contains(stored);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("a.log"));
  }

  @Case("A10")
  void aReaderSeesTheWholeOldOrTheWholeNewContent() throws IOException {
    put(sample("a.log"), OLD);
    try (ArtifactContent content = store.get(sample("a.log"))) {
      byte[] seen = new byte[OLD.length];
      int first = content.stream().readNBytes(seen, 0, 1000);
      put(sample("a.log"), NEW);
      int rest = content.stream().readNBytes(seen, first, seen.length - first);

      assertThat(first + rest).isEqualTo(OLD.length);
      assertThat(seen).isEqualTo(OLD);
      assertThat(content.stream().read()).isEqualTo(-1);
    }
    assertThat(read(sample("a.log"))).isEqualTo(NEW);
  }

  @Case("A11")
  void contentCannotBeSeenBeforeAllOfItIsThere() {
    ArtifactStore other = another();
    byte[] large = bytes(PART + 1, 11);
    for (LogSample target : List.of(sample("new.log"), sample("old.log"))) {
      for (boolean isAnnounced : List.of(true, false)) {
        store.delete(sample("new.log"));
        StoredArtifact old = put(sample("old.log"), OLD);
        Watching unseen = new Watching(large, () -> assertThatNothingIsNew(other, old));
        ContentSource source =
            isAnnounced ? ContentSource.of(unseen, large.length) : ContentSource.of(unseen);
        store.put(target, source, PutOptions.defaults());

        assertThat(unseen.looks).isPositive();
        assertThat(read(other, target)).isEqualTo(large);
      }
    }
  }

  @Case("A12")
  void theStoreClosesWhatItOpensAndNothingElse() {
    CountingStream ofTheCaller = new CountingStream(OLD);
    store.put(sample("a.log"), ContentSource.of(ofTheCaller), PutOptions.defaults());
    assertThat(ofTheCaller.closed).isZero();

    List<CountingStream> ofTheStore = new ArrayList<>();
    ContentSource replayable =
        new ContentSource.Replayable(
            OLD.length,
            () -> {
              ofTheStore.add(new CountingStream(OLD));
              return ofTheStore.get(ofTheStore.size() - 1);
            });
    store.put(sample("a.log"), replayable, PutOptions.defaults());
    PutOptions refused = PutOptions.defaults().expecting(Sha256.of(NEW));
    assertThatThrownBy(() -> store.put(sample("a.log"), replayable, refused))
        .isInstanceOf(StorageIntegrityException.class);

    assertThat(ofTheStore).isNotEmpty().allSatisfy(each -> assertThat(each.closed).isPositive());
    assertThat(read(sample("a.log"))).isEqualTo(OLD);
  }

  @Case("A13")
  void allByteValuesAreKept() {
    byte[] content = new byte[256 * 257];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i + i / 256); // each value in front of and behind each other one
    }
    assertRoundTrip(content);
    assertRoundTrip(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '\r', '\n', 0, 26});
  }

  @Case("A14")
  void anotherHandleSeesAWriteAtOnce() {
    ArtifactStore other = another();
    assertThat(other.find(sample("a.log"))).isEmpty();

    StoredArtifact first = put(sample("a.log"), OLD);
    assertThat(other.find(sample("a.log"))).contains(first);
    assertThat(read(other, sample("a.log"))).isEqualTo(OLD);

    StoredArtifact second = put(sample("a.log"), NEW);
    assertThat(other.find(sample("a.log"))).contains(second);
    assertThat(read(other, sample("a.log"))).isEqualTo(NEW);

    store.delete(sample("a.log"));
    assertThat(other.find(sample("a.log"))).isEmpty();
  }

  private void assertRoundTrip(byte[] content) {
    StoredArtifact stored = put(sample("a.log"), content);

    assertThat(stored.artifact()).isEqualTo(sample("a.log"));
    assertThat(stored.size()).isEqualTo(content.length);
    assertThat(read(sample("a.log"))).isEqualTo(content);
    assertThat(store.find(sample("a.log"))).contains(stored);
    try (ArtifactContent open = store.get(sample("a.log"))) {
      assertThat(open.artifact()).isEqualTo(stored);
      assertThat(open.length()).isEqualTo(content.length);
      assertThat(open.offset()).isZero();
    }
  }

  /** As something new and in the place of something old, it is refused without a trace. */
  private void assertRefused(Class<? extends Exception> failure, Supplier<ContentSource> source) {
    LogSample existing = sample("existing.log");
    StoredArtifact old = put(existing, OLD);

    for (Artifact artifact : List.of(sample("new.log"), existing)) {
      assertThatThrownBy(() -> store.put(artifact, source.get(), PutOptions.defaults()))
          .isInstanceOf(failure);
    }
    assertThat(store.find(existing)).contains(old);
    assertThat(read(existing)).isEqualTo(OLD);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(existing);
    assertNothingLeftBehind();
  }

  private void assertThatNothingIsNew(ArtifactStore other, StoredArtifact old) {
    assertThat(other.find(old.artifact())).contains(old);
    assertThat(
            other
                .scan(KeyPrefix.samplesOf(request))
                .limit(MOST_ENTRIES)
                .map(ArtifactSummary::artifact))
        .containsExactly(old.artifact());
  }

  private static void assertSameBytes(InputStream actual, InputStream expected) throws IOException {
    byte[] some = new byte[64 * 1024];
    long position = 0;
    for (int read = actual.read(some); read >= 0; read = actual.read(some)) {
      byte[] same = expected.readNBytes(read);
      if (!Arrays.equals(some, 0, read, same, 0, same.length)) {
        throw new AssertionError("The content differs behind byte " + position);
      }
      position += read;
    }
    assertThat(expected.read()).as("what is missing at the end").isEqualTo(-1);
  }

  private static ContentSource announcing(long length, byte[] content) {
    return ContentSource.of(new ByteArrayInputStream(content), length);
  }

  /** A stream that gives as little as it likes, as a network does, and knows of no more. */
  private static InputStream inSmallPieces(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + pos % 4096));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static InputStream failingAt(int position, Exception trouble) {
    return new InputStream() {
      private int left = position;

      @Override
      public int read() throws IOException {
        if (left > 0) {
          left--;
          return 'x';
        }
        if (trouble instanceof IOException io) {
          throw io;
        }
        throw (RuntimeException) trouble;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = Math.min(left, length);
        if (count == 0 && length > 0) {
          return read();
        }
        Arrays.fill(buffer, offset, offset + count, (byte) 'x');
        left -= count;
        return count;
      }
    };
  }

  /** Has a look at something now and then while it is read, and before its end at the latest. */
  private static final class Watching extends ByteArrayInputStream {
    private final Runnable look;
    private int looks;

    Watching(byte[] content, Runnable look) {
      super(content);
      this.look = look;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      if (pos >= looks * MEBIBYTE || pos == count) {
        looks++;
        look.run();
      }
      return super.read(buffer, offset, length);
    }
  }

  /** Knows whether it has been closed, and gives nothing then. */
  private static final class CountingStream extends ByteArrayInputStream {
    private int closed;

    CountingStream(byte[] content) {
      super(content);
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      if (closed > 0) {
        throw new IllegalStateException("The stream is closed");
      }
      return super.read(buffer, offset, length);
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** Tells how much more memory is in use than when it was made. */
  private static final class HeapGauge {
    private static final int STEP = 8 * MEBIBYTE;
    private final long before = live();
    private long most = before;

    /** Looks at the heap now and then while the stream is read. */
    InputStream watching(InputStream stream) {
      return new FilterInputStream(stream) {
        private long position;
        private long next = STEP;

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int read = super.read(buffer, offset, length);
          position += Math.max(0, read);
          if (position >= next || read < 0) {
            next += STEP;
            most = Math.max(most, live());
          }
          return read;
        }
      };
    }

    long growth() {
      return most - before;
    }

    private static long live() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
  }

  /** Any number of bytes that look like noise, without memory for them. */
  private static final class Noise extends InputStream {
    private final byte[] block;
    private final long size;
    private long position;

    Noise(long size, long seed) {
      this.block = bytes(65_521, seed); // a prime, so that no part looks like another
      this.size = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (position == size) {
        return -1;
      }
      int start = (int) (position % block.length);
      int count = (int) Math.min(Math.min(length, size - position), block.length - start);
      System.arraycopy(block, start, buffer, offset, count);
      position += count;
      return count;
    }
  }
}
