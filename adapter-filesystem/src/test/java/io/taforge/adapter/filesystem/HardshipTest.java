package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Takes from a process what it needs, such as space, permissions or descriptors: it says so with a
 * typed failure, nothing is lost, and all works again when it is given back. {@code -Pfaults} does
 * it to disks, too, which the tests make themselves.
 */
@Tag("reliability")
class HardshipTest {
  private Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    base = MemoryFolder.make("taforge-hardship");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(base);
  }

  @Test
  void whateverIsMissingIsSaidAndLosesNothing() throws Exception {
    Optional<String> unavailable =
        Stream.of("setpriv", "prlimit")
            .filter(tool -> !LoopDisk.isInstalled(tool))
            .findFirst()
            .map(tool -> tool + " is not installed (Debian: util-linux)");
    assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);

    live("without disks", Hardships.inAnyFolder());
  }

  @Test
  void whateverIsMissingOnADiskIsSaidAndLosesNothing() throws Exception {
    Optional<String> unavailable =
        LoopDisk.unavailable("ext4").or(() -> LoopDisk.unavailable("xfs"));
    assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);

    live("on disks", Hardships.onDisks());
  }

  /** The suite finds out who does as if nothing had happened. */
  @Test
  void whoSaysThatItIsDoneAllTheSameIsFoundOut() throws Exception {
    assumeTrue(LoopDisk.isInstalled("prlimit"), "prlimit is not installed (Debian: util-linux)");
    Hardship hardship = Hardships.inAnyFolder().get(0);

    Hardship.Outcome outcome = hardship.in(base, "sloppy");

    System.out.printf("Reliability C4 control: failures ignored: %s%n", outcome.wrong());
    assertThat(outcome.wrong()).anyMatch(each -> each.startsWith("c is not what it should be"));
  }

  private void live(String where, List<Hardship> hardships) throws Exception {
    int failures = 0;
    for (Hardship hardship : hardships) {
      Hardship.Outcome outcome =
          hardship.in(Files.createTempDirectory(base, "hardship"), "carefully");

      assertThat(outcome.wrong()).as(hardship.name()).isEmpty();
      assertThat(outcome.failures()).as(hardship.name()).isNotEmpty();
      failures += outcome.failures().size();
    }
    System.out.printf(
        "Reliability C4: %s: %d scenarios, %d typed failures, 0 untyped, 0 lost, all well again%n",
        where, hardships.size(), failures);
  }
}
