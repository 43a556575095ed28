package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ByteRange;
import io.taforge.storage.StorageRangeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Area B: a part of some content is exactly that part. */
abstract class RangeCases extends ContractCases {
  private static final int SIZE = 300_000;
  private static final byte[] CONTENT = bytes(SIZE, 3);

  @BeforeEach
  void storeContent() {
    put(sample("a.log"), CONTENT);
  }

  @Case("B01")
  void firstMiddleAndLastBytes() {
    assertPart(ByteRange.of(0, 1), 0, 1);
    assertPart(ByteRange.of(0, 1000), 0, 1000);
    assertPart(ByteRange.of(123_456, 7890), 123_456, 123_456 + 7890);
    assertPart(ByteRange.of(SIZE - 1, 1), SIZE - 1, SIZE);
    assertPart(ByteRange.of(0, SIZE), 0, SIZE);
  }

  @Case("B02")
  void aNumberOfLastBytes() {
    assertPart(ByteRange.last(1), SIZE - 1, SIZE);
    assertPart(ByteRange.last(1000), SIZE - 1000, SIZE);
    assertPart(ByteRange.last(SIZE), 0, SIZE);
    assertPart(ByteRange.last(SIZE + 1L), 0, SIZE);
    assertPart(ByteRange.last(Long.MAX_VALUE), 0, SIZE);
  }

  @Case("B03")
  void everythingFromAnOffsetOn() {
    assertPart(ByteRange.from(0), 0, SIZE);
    assertPart(ByteRange.from(200_000), 200_000, SIZE);
    assertPart(ByteRange.from(SIZE - 1), SIZE - 1, SIZE);
  }

  @Case("B04")
  void aRangeIsCutAtTheEndOfTheContent() {
    assertPart(ByteRange.of(SIZE - 10, 11), SIZE - 10, SIZE);
    assertPart(ByteRange.of(0, SIZE + 1L), 0, SIZE);
    assertPart(ByteRange.of(1, Long.MAX_VALUE), 1, SIZE);
  }

  @Case("B05")
  void aRangeThatBeginsAtTheEndIsRefused() {
    assertRefused(ByteRange.from(SIZE));
    assertRefused(ByteRange.of(SIZE, 1));
    assertRefused(ByteRange.of(SIZE, 0));
    put(sample("a.log"), new byte[0]);
    assertRefused(ByteRange.from(0));
    assertRefused(ByteRange.last(1));
  }

  @Case("B06")
  void aRangeThatBeginsBehindTheEndIsRefused() {
    assertRefused(ByteRange.from(SIZE + 1L));
    assertRefused(ByteRange.of(SIZE + 1L, 10));
    assertRefused(ByteRange.of(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Case("B07")
  void nothingIsCountedFromTheEndBecauseItLooksNegative() {
    List.of(-1L, (long) -SIZE, Long.MIN_VALUE)
        .forEach(
            negative -> {
              assertIllegal(() -> ByteRange.from(negative));
              assertIllegal(() -> ByteRange.of(negative, 1));
              assertIllegal(() -> ByteRange.of(0, negative));
              assertIllegal(() -> ByteRange.last(negative));
            });
    assertIllegal(() -> ByteRange.last(0));
    // the next are negative, or small, for whoever counts in 32 bits
    assertRefused(ByteRange.from(0xFFFF_FFFFL));
    assertRefused(ByteRange.from(0x1_0000_0000L));
    assertRefused(ByteRange.from(0x8000_0000L));
    assertPart(ByteRange.of(10, 0xFFFF_FFFFL), 10, SIZE);
  }

  @Case("B08")
  void noBytesAreNoBytes() {
    assertPart(ByteRange.of(0, 0), 0, 0);
    assertPart(ByteRange.of(1000, 0), 1000, 1000);
    assertPart(ByteRange.of(SIZE - 1, 0), SIZE - 1, SIZE - 1);
  }

  @Case("B09")
  void contentThatIsClosedEarlyIsReleased() throws IOException {
    for (int i = 0; i < 200; i++) {
      try (ArtifactContent whole = store.get(sample("a.log"));
          ArtifactContent part = store.get(sample("a.log"), ByteRange.from(100))) {
        assertThat(whole.stream().read()).isEqualTo(CONTENT[0] & 0xFF);
        assertThat(part.stream().read()).isEqualTo(CONTENT[100] & 0xFF);
      }
    }
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  private void assertPart(ByteRange range, int from, int to) {
    try (ArtifactContent part = store.get(sample("a.log"), range)) {
      assertThat(part.offset()).as("offset of %s", range).isEqualTo(from);
      assertThat(part.length()).as("length of %s", range).isEqualTo(to - from);
      assertThat(part.artifact().size()).as("size of the whole").isEqualTo(SIZE);
      assertThat(part.stream().readAllBytes())
          .as("bytes of %s", range)
          .isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(ByteRange range) {
    assertThatThrownBy(() -> store.get(sample("a.log"), range).close())
        .as("%s", range)
        .isInstanceOfSatisfying(
            StorageRangeException.class,
            failure -> assertThat(failure.httpStatus()).isEqualTo(416));
  }

  private static void assertIllegal(Runnable making) {
    assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
  }
}
