package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Swaps links that lead outside into every place on the way to a file while a store puts, gets,
 * lists, deletes and cleans up: nothing outside is read or touched. A store that resolves a path
 * and then looks where it leads, as many do, must escape in the same run. {@code
 * -Dswap.tries=1000000} makes it longer, {@code -Dswap.seed} repeats the order of what is done.
 */
@Tag("reliability")
class LinkSwapTest {
  private static final int TRIES = Integer.getInteger("swap.tries", 1000);
  private static final int MOST_OF_THE_CONTROL = 2_000_000;
  private static final long SEED = Long.getLong("swap.seed", System.nanoTime());

  private Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    base = MemoryFolder.make("taforge-swap");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(base);
  }

  @Test
  void noLinkThatIsSwappedInLeadsOutOfTheRoot() throws Exception {
    assumeTrue(SecureFolder.isSupported(), "Folders cannot be held open here");

    SwapArena ours = new SwapArena(base.resolve("ours"));
    Map<String, Integer> done;
    try (StoreUnderSwaps store = new StoreUnderSwaps(ours, SEED)) {
      done = ours.whileSwapping(() -> store.tries(TRIES));
    }
    SwapArena others = new SwapArena(base.resolve("others"));
    CheckedPathStore checked = new CheckedPathStore(others);
    int triesOfTheControl =
        others.whileSwapping(() -> checked.triesUntilItEscapes(MOST_OF_THE_CONTROL));

    System.out.printf(
        "Reliability F3: %d tries while links were swapped %d times, %d escapes; %s (seed %d)%n",
        TRIES, ours.swaps(), ours.escapes(), done, SEED);
    System.out.printf(
        "Reliability F3 control: resolve, then toRealPath: %d escapes within %d tries%n",
        others.escapes(), triesOfTheControl);
    assertThat(ours.escapes()).isZero();
    assertThat(ours.swaps()).isPositive();
    assertThat(done.get("got")).isPositive();
    assertThat(others.escapes()).isPositive();
  }
}
