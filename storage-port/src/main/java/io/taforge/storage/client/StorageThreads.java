package io.taforge.storage.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads in which operations block: virtual ones where the running JVM has them. */
final class StorageThreads {
  private StorageThreads() {}

  static ExecutorService newExecutor(int most) {
    try {
      // compiled for 17, where this method is not there yet
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return newPlatformPool(most);
    }
  }

  private static ExecutorService newPlatformPool(int most) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        most,
        work -> {
          Thread thread = new Thread(work, "taforge-storage-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
