package io.taforge.benchmark.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same by so many threads at once. */
final class Together {
  /** What one of them does. */
  @FunctionalInterface
  interface Part {
    void run(int number) throws Exception;
  }

  private Together() {}

  static void run(int count, Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        parts.add(
            threads.submit(
                () -> {
                  part.run(number);
                  return null;
                }));
      }
      for (Future<?> each : parts) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
