package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.Sha256;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTest {
  private static final long MOST_OF_AN_OBJECT = 5L << 40;

  @ParameterizedTest
  @ValueSource(ints = {5, 8, 100, 5 * 1024})
  void tenThousandPartsHoldTheLargestObject(int megabytes) {
    PartPlan plan = new PartPlan(ByteSize.ofMegabytes(5), ByteSize.ofMegabytes(megabytes));

    long sum = 0;
    for (int number = 1; number <= 10_000; number++) {
      long size = plan.sizeOfPart(number);
      assertThat(size)
          .isBetween(PartPlan.LEAST_PART.bytes(), PartPlan.MOST_AT_ONCE.bytes())
          .isGreaterThanOrEqualTo(plan.sizeOfPart(Math.max(1, number - 1)));
      sum += size;
    }
    assertThat(sum).isGreaterThanOrEqualTo(MOST_OF_AN_OBJECT - MOST_OF_AN_OBJECT / 40);
  }

  @Test
  void partsThatNoServerTakesAreRefused() {
    assertThatThrownBy(() -> new PartPlan(ByteSize.ofMegabytes(5), ByteSize.ofMegabytes(4)))
        .hasMessageContaining("4 MB is not a size of parts");
    assertThatThrownBy(() -> new PartPlan(ByteSize.ofMegabytes(5121), ByteSize.ofMegabytes(5)))
        .hasMessageContaining("not a threshold");
  }

  @Test
  void contentIsCutWhereThePlanSays() {
    PartDigests digests = new PartDigests(PartPlan.defaults());
    byte[] content = new byte[(11 << 20) + 3];
    Arrays.setAll(new int[content.length], i -> content[i] = (byte) (i * 31));
    int position = 0;
    for (int step = 1; position < content.length; step = step * 3 + 1) {
      int length = Math.min(step, content.length - position);
      digests.update(content, position, length);
      position += length;
    }

    List<Part> parts = digests.parts();
    assertThat(parts).extracting(Part::length).containsExactly(5L << 20, 5L << 20, (1L << 20) + 3);
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.sha256())
                    .isEqualTo(
                        Sha256.of(
                            Arrays.copyOfRange(
                                content,
                                (int) part.offset(),
                                (int) (part.offset() + part.length())))));
  }
}
