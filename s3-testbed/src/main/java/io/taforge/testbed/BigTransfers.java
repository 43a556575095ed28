package io.taforge.testbed;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Large content up and down, in a process of its own with little heap. */
public final class BigTransfers {
  private static final int MEBIBYTE = 1 << 20;

  private BigTransfers() {}

  /**
   * Sends 500 MB of known and of unknown length up and down with a heap of 64 MB; the lines that
   * say so.
   *
   * @param opener opens the store in that process
   */
  public static List<String> alone(
      Class<? extends Function<String, ArtifactStore>> opener, S3Target target)
      throws IOException, InterruptedException {
    return run("-Xmx64m", opener, target, "1", "500");
  }

  /** Sends 32 MB up and down sixteen times at once with a heap of 256 MB: twice what it holds. */
  public static List<String> sixteenAtOnce(
      Class<? extends Function<String, ArtifactStore>> opener, S3Target target)
      throws IOException, InterruptedException {
    return run("-Xmx256m", opener, target, "16", "32");
  }

  private static List<String> run(
      String heap,
      Class<? extends Function<String, ArtifactStore>> opener,
      S3Target target,
      String atOnce,
      String megabytes)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BigTransfers.class.getName(),
                opener.getName(),
                target.encode(),
                atOnce,
                megabytes)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    List<String> output = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    if (process.waitFor() != 0) {
      throw new AssertionError("It ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }

  /** The process: opener, target, how many at once, and of how many megabytes. */
  public static void main(String[] arguments) throws Exception {
    int atOnce = Integer.parseInt(arguments[2]);
    long size = Long.parseLong(arguments[3]) * MEBIBYTE;
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try (ArtifactStore store = opener(arguments[0]).apply(arguments[1])) {
      store.createBuckets();
      for (boolean isKnown : new boolean[] {true, false}) {
        List<Future<String>> transfers = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
          transfers.add(threads.submit(() -> upAndDown(store, size, isKnown)));
        }
        for (Future<String> each : transfers) {
          System.out.println(each.get());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String upAndDown(ArtifactStore store, long size, boolean isKnown)
      throws IOException {
    LogSample sample = new LogSample(RequestId.random(), FileName.of("big.log"));
    ContentSource source =
        isKnown ? ContentSource.of(lines(size), size) : ContentSource.of(lines(size));
    long stored = store.put(sample, source, PutOptions.defaults()).size();
    try (ArtifactContent content = store.get(sample)) {
      long read = content.stream().transferTo(OutputStream.nullOutputStream());
      store.delete(sample);
      return (isKnown ? "known " : "unknown ") + stored + " " + read;
    }
  }

  @SuppressWarnings("unchecked")
  private static Function<String, ArtifactStore> opener(String name)
      throws ReflectiveOperationException {
    return (Function<String, ArtifactStore>)
        Class.forName(name).asSubclass(Function.class).getDeclaredConstructor().newInstance();
  }

  /** A log that is made while it is read. */
  private static InputStream lines(long size) {
    byte[] line = "GET /index.html 200\n".getBytes(StandardCharsets.UTF_8);
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        throw new UnsupportedOperationException("Nobody should read a large log byte by byte");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
          return -1;
        }
        int count = (int) Math.min(length, left);
        for (int i = 0; i < count; i += line.length) {
          System.arraycopy(line, 0, buffer, offset + i, Math.min(line.length, count - i));
        }
        left -= count;
        return count;
      }
    };
  }
}
