package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.Leftover;
import io.taforge.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dead writer has left is listed and can be removed; what a living one is at is not. */
abstract class LeftoverCases extends ContractCases {
  private static final int LARGE = (5 << 20) + 1;
  private static final int TOLERANCE_SECONDS = 60;

  private ArtifactStore other;

  /** Before anything is left behind, because creating buckets sweeps. */
  @BeforeEach
  void openAnother() {
    other = another();
  }

  @Test
  void writersThatComeToAnEndLeaveNothing() {
    put(sample("a.log"), bytes(LARGE, 1));
    store.delete(sample("a.log"));

    for (ArtifactKind kind : ArtifactKind.values()) {
      assertThat(store.leftovers(kind)).isEmpty();
    }
  }

  @Test
  void whatADeadWriterHasLeftIsListedForItsKindAndRemovedOnce() {
    for (ArtifactKind kind : ArtifactKind.values()) {
      List<Leftover> left = planted(kind);

      assertThat(left)
          .allSatisfy(
              each -> {
                assertThat(each.kind()).isEqualTo(kind);
                assertThat(each.name()).isNotBlank().doesNotContain("\n");
                assertThat(each.since())
                    .isCloseTo(
                        harness().clock().instant(), within(TOLERANCE_SECONDS, ChronoUnit.SECONDS));
              });
      assertThat(listed(kind)).isEmpty();
      for (Leftover each : left) {
        assertThat(other.deleteLeftover(each)).isEqualTo(DeleteOutcome.DELETED);
        assertThat(store.deleteLeftover(each)).isEqualTo(DeleteOutcome.ABSENT);
      }
      assertThat(store.leftovers(kind)).isEmpty();
    }
    assertNothingLeftBehind();
  }

  @Test
  void leftoversCanBeAskedForByType() {
    List<Leftover> left = planted(ArtifactKind.DEBUG_BUNDLE);

    for (Leftover.Type type : Leftover.Type.values()) {
      assertThat(store.leftovers(ArtifactKind.DEBUG_BUNDLE, EnumSet.of(type)))
          .containsExactlyInAnyOrderElementsOf(
              left.stream().filter(each -> each.type() == type).toList());
    }
    assertThat(store.leftovers(ArtifactKind.DEBUG_BUNDLE, EnumSet.noneOf(Leftover.Type.class)))
        .isEmpty();
  }

  @Test
  void leftoversOfOneKindAreNotThoseOfAnother() {
    planted(ArtifactKind.TA_BUNDLE);

    assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE)).isEmpty();
    assertThat(store.leftovers(ArtifactKind.DEBUG_BUNDLE)).isEmpty();
  }

  @Test
  void whatSomebodyIsWritingMeanwhileIsNotTouched() {
    List<Leftover> left = planted(ArtifactKind.LOG_SAMPLE);
    byte[] content = bytes(LARGE, 2);
    InputStream sweeping =
        new FilterInputStream(new ByteArrayInputStream(content)) {
          private boolean isSwept;

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (!isSwept && in.available() < content.length / 2) {
              isSwept = true;
              left.forEach(each -> other.deleteLeftover(each));
            }
            return super.read(buffer, offset, length);
          }
        };
    store.put(sample("a.log"), ContentSource.of(sweeping, LARGE), PutOptions.defaults());

    assertThat(read(sample("a.log"))).isEqualTo(content);
    assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE)).isEmpty();
    assertNothingLeftBehind();
  }

  @Test
  void whatIsNoLeftoverIsNotRemoved() {
    put(sample("a.log"), bytes(10, 3));
    String key = sample("a.log").key().value();
    for (Leftover.Type type : Leftover.Type.values()) {
      for (String name : List.of(key, key + " 1", "../" + key, "../log-samples", "x", "")) {
        Leftover forged =
            new Leftover(
                ArtifactKind.LOG_SAMPLE,
                type,
                name,
                harness().clock().instant(),
                OptionalLong.empty());
        assertThat(store.deleteLeftover(forged)).as("%s", forged).isEqualTo(DeleteOutcome.ABSENT);
      }
    }
    assertThat(read(sample("a.log"))).isEqualTo(bytes(10, 3));
  }

  @Test
  void theBackendsTimeIsTheOneThatArtifactsAreStampedWith() {
    store
        .backendTime()
        .ifPresent(
            time ->
                assertThat(time)
                    .isCloseTo(
                        put(sample("a.log"), bytes(1, 4)).storedAt(),
                        within(5, ChronoUnit.SECONDS)));
  }

  private List<Leftover> planted(ArtifactKind kind) {
    Backdoor door = need(harness().backdoor(), "backdoor");
    if (!door.plantLeftover(kind)) {
      abort("the harness cannot plant what a dead writer leaves");
    }
    List<Leftover> left = store.leftovers(kind).toList();
    assertThat(left).isNotEmpty();
    return left;
  }
}
