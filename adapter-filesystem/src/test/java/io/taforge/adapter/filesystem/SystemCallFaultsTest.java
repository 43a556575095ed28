package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets the first, second, … system call of each kind fail in every operation of a store: the
 * failure is a typed one, what is there is old or new and whole, the next call works, and nothing
 * is left open. {@code -Dsyscalls.points=100000} means all of them; a build takes some, which
 * {@code -Dsyscalls.seed} chooses.
 */
@Tag("reliability")
class SystemCallFaultsTest {
  private static final int POINTS = Integer.getInteger("syscalls.points", 10);
  private static final long SEED = Long.getLong("syscalls.seed", System.nanoTime());

  /** What the controls are found out with, and what this has found out in the store. */
  private static final List<FaultPoint> ALWAYS =
      List.of(
          new FaultPoint("fcntl", "EIO", 1),
          new FaultPoint("fsync", "EIO", 1),
          new FaultPoint("openat", "EIO", 1),
          new FaultPoint("openat", "EMFILE", 2),
          new FaultPoint("read", "EIO", 3),
          new FaultPoint("statx", "EIO", 18),
          new FaultPoint("write", "ENOSPC", 2));

  private Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    base = MemoryFolder.make("taforge-faults");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(base);
  }

  @Test
  void whateverSystemCallFailsTheStoreSaysSoAndStaysWhole() throws Exception {
    Optional<String> unavailable = Injection.unavailable();
    if (!Boolean.getBoolean("contract.required")) {
      assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);
    }
    assertThat(unavailable).isEmpty();

    try (FaultRun run = new FaultRun(base)) {
      run.withoutFault();
      List<FaultPoint> points = chosen(run.points());
      for (FaultPoint point : points) {
        run.with(point);
      }

      System.out.printf(
          "Reliability C3: %d operations, %d kinds of failure at %d places, %d times one was hit,"
              + " %d found wrong (seed %d)%n",
          Deeds.all().size(),
          points.stream().map(point -> point.call() + point.error()).distinct().count(),
          points.size(),
          run.hits(),
          run.wrong().size(),
          SEED);
      run.foundOut()
          .forEach((deed, how) -> System.out.printf("Reliability C3 control: %s: %s%n", deed, how));
      assertThat(run.wrong()).isEmpty();
      assertThat(run.foundOut().keySet())
          .containsExactlyInAnyOrderElementsOf(SloppyDeeds.all().stream().map(Deed::name).toList());
    }
  }

  private static List<FaultPoint> chosen(List<FaultPoint> all) {
    List<FaultPoint> rest = new ArrayList<>(all);
    rest.removeAll(ALWAYS);
    Collections.shuffle(rest, new Random(SEED));
    return Stream.concat(ALWAYS.stream(), rest.stream().limit(POINTS)).toList();
  }
}
