package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cuts the power of a disk while it is written to, and compares what is there after the next mount
 * with what had been said to be done. The same store without syncs must lose something, or else
 * nothing was cut; two other libraries stand beside it. {@code -Dpowercut.cuts=300} makes it
 * longer, {@code -Dpowercut.seed} repeats the moments.
 */
@Tag("reliability")
class PowerCutTest {
  private static final int CUTS = Integer.getInteger("powercut.cuts", 10);
  private static final int PEERS_CUTS =
      Integer.getInteger("powercut.peers.cuts", Math.max(2, CUTS / 10));
  private static final long SEED = Long.getLong("powercut.seed", System.nanoTime());

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void nothingThatIsDoneIsLostWithThePower(String type) throws Exception {
    Optional<String> unavailable = LoopDisk.unavailable(type);
    assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);

    PowerCuts.Tally ours = cut(type, "taforge", CUTS);
    PowerCuts.Tally withoutSyncs = cut(type, "taforge-none", PEERS_CUTS);
    PowerCuts.Tally vfs = cut(type, "commons-vfs", PEERS_CUTS);
    PowerCuts.Tally jclouds = cut(type, "jclouds", PEERS_CUTS);

    System.out.printf("Reliability C2: %s, taforge: %s (seed %d)%n", type, ours, SEED);
    System.out.printf("Reliability C2 control: %s, durability none: %s%n", type, withoutSyncs);
    System.out.printf("Reliability C2 peer: %s, Commons VFS: %s%n", type, vfs);
    System.out.printf("Reliability C2 peer: %s, jclouds: %s%n", type, jclouds);
    assertThat(ours.acknowledged()).isGreaterThan(CUTS * 100L);
    assertThat(List.of(ours.lost(), ours.damaged(), ours.strays())).containsOnly(0L);
    assertThat(withoutSyncs.lost()).isPositive();
  }

  private static PowerCuts.Tally cut(String type, String contestant, int cuts) throws Exception {
    try (LoopDisk disk = LoopDisk.make(type);
        PowerCuts power = new PowerCuts(disk, contestant, SEED)) {
      for (int i = 0; i < cuts; i++) {
        power.cut();
      }
      return power.tally();
    }
  }
}
