package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A root, and a folder outside that looks just like it but holds what nobody may see or touch;
 * somebody swaps links to that into the root as fast as he can.
 */
final class SwapArena {
  static final String INSIDE = "what may be seen";
  static final String OUTSIDE = "a secret, and not to be touched";

  private static final LogSample SAMPLE =
      new LogSample(RequestId.of(new UUID(5, 6)), FileName.of("a.log"));

  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

  private final Path root;
  private final Path outside;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicInteger swaps = new AtomicInteger();
  private final AtomicInteger escapes = new AtomicInteger();
  private final Map<String, String> before;

  SwapArena(Path base) throws IOException {
    root = base.resolve("root");
    outside = base.resolve("outside");
    for (String place : List.of("log-samples", ".taforge/records/log-samples")) {
      Files.createDirectories(file(root.resolve(place)).getParent());
      Files.createDirectories(file(outside.resolve(place)).getParent());
      Files.writeString(file(outside.resolve(place)), OUTSIDE);
    }
    before = contents();
  }

  LogSample sample() {
    return SAMPLE;
  }

  Path root() {
    return root;
  }

  int swaps() {
    return swaps.get();
  }

  int escapes() {
    return escapes.get();
  }

  /** Counts an escape if somebody has read this outside. */
  void seen(byte[] bytes) {
    if (new String(bytes, UTF_8).equals(OUTSIDE)) {
      escapes.incrementAndGet();
    }
  }

  void escaped() {
    escapes.incrementAndGet();
  }

  /** Does something while links are swapped, and looks in the end whether anything has changed. */
  <T> T whileSwapping(Callable<T> work) throws Exception {
    Thread swapper = new Thread(this::swap, "swapper");
    swapper.start();
    try {
      return work.call();
    } finally {
      isOver.set(true);
      swapper.join();
      if (!isUntouched()) {
        escapes.incrementAndGet();
      }
    }
  }

  /** Whether everything outside is as it was. */
  boolean isUntouched() throws IOException {
    return contents().equals(before);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(outside)) {
      for (Path each : all.toList()) {
        contents.put(each.toString(), Files.isRegularFile(each) ? Files.readString(each) : "");
      }
    }
    return contents;
  }

  private static Path file(Path bucket) {
    return bucket.resolve(SAMPLE.key().value());
  }

  /** The file, its folder, the folder above, the bucket; and the same of the records. */
  private void swap() {
    List<Path> places =
        Stream.of("log-samples", ".taforge/records/log-samples")
            .map(root::resolve)
            .flatMap(
                bucket ->
                    Stream.of(
                        file(bucket),
                        file(bucket).getParent(),
                        file(bucket).getParent().getParent(),
                        bucket))
            .toList();
    for (int i = 0; !isOver.get(); i++) {
      LockSupport.parkNanos(PAUSE); // so that some of what the store does goes well
      Path place = places.get(i % places.size());
      Path aside = root.resolveSibling("aside");
      try {
        move(place, aside);
        try {
          Files.createSymbolicLink(place, outside.resolve(root.relativize(place)));
          swaps.incrementAndGet();
          Files.deleteIfExists(place);
        } finally {
          move(aside, place);
        }
      } catch (IOException e) {
        // the store was faster: it has made or removed something there
        clear(aside);
      }
    }
  }

  private static void move(Path from, Path to) throws FileSystemException, IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void clear(Path aside) {
    try {
      if (Files.exists(aside)) {
        FolderHarness.delete(aside);
      }
    } catch (IOException e) {
      // next time
    }
  }
}
