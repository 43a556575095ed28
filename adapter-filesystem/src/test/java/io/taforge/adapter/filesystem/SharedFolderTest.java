package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that threads make, fill, empty and remove, all at once. */
class SharedFolderTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 1_000;

  @Test
  void everyoneGetsAFolderAndNobodyLeavesOne(@TempDir Path temporary) throws Exception {
    Root root = new LocalRoot(temporary);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> all =
          IntStream.range(0, THREADS).mapToObj(number -> user(root, "file-" + number)).toList();
      for (Future<Integer> filled : threads.invokeAll(all)) {
        assertThat(filled.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(temporary.resolve("outer")).isEmptyDirectory();
  }

  @Test
  void oneIsToldThatItHasMadeAFolderInTheRoot(@TempDir Path temporary) throws Exception {
    Root root = new LocalRoot(temporary);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "bucket-" + round;
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Callable<Boolean> making =
            () -> {
              try (Folder top = root.open()) {
                together.await();
                return top.createFolder(name);
              }
            };
        int made = 0;
        for (Future<Boolean> isMade : threads.invokeAll(Collections.nCopies(THREADS, making))) {
          made += isMade.get() ? 1 : 0;
        }
        assertThat(made).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Integer> user(Root root, String file) {
    return () -> {
      int filled = 0;
      for (int round = 0; round < ROUNDS; round++) {
        filled += fill(root, file) ? 1 : 0;
        try (Folder outer = root.openOrCreate(List.of("outer"), false)) {
          outer.deleteFolder("shared");
        }
      }
      return filled;
    };
  }

  /** Whether there was time to put a file in before somebody removed the folder. */
  private static boolean fill(Root root, String file) throws IOException {
    try (Folder shared = root.openOrCreate(List.of("outer", "shared"), false)) {
      shared.create(file).close();
      return shared.delete(file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
