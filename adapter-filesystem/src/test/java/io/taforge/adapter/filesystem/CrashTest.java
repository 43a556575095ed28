package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills a writing process with SIGKILL at random moments and looks what is there. It puts,
 * replaces, deletes and cleans up: of the samples one half is always older than is kept, the other
 * never. {@code -Dcrash.cycles=200} makes it longer, {@code -Dcrash.seed} repeats a run.
 */
@Tag("reliability")
class CrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 50);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

  private Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    base = MemoryFolder.make("taforge-crash");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(base);
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfThere() throws Exception {
    Crashes.Tally tally = run(CYCLES, "store");

    System.out.printf("Reliability C1: %d cycles of kill -9, %s (seed %d)%n", CYCLES, tally, SEED);
    assertThat(tally.acknowledged()).isGreaterThan(CYCLES);
    assertThat(tally.cleanups()).isPositive();
    assertThat(List.of(tally.lost(), tally.partial(), tally.leftBehind())).containsOnly(0);
  }

  /** The check can fail: it finds out a writer that writes files in place. */
  @Test
  void writingInPlaceIsFoundOut() throws Exception {
    Crashes.Tally tally = run(15, "in-place");

    System.out.printf("Reliability C1 control: writing in place: %s%n", tally);
    assertThat(tally.lost() + tally.partial()).isPositive();
  }

  private Crashes.Tally run(int cycles, String how) throws Exception {
    try (Crashes crashes = new Crashes(base, how, SEED)) {
      for (int cycle = 0; cycle < cycles; cycle++) {
        crashes.crash();
      }
      return crashes.tally();
    }
  }
}
