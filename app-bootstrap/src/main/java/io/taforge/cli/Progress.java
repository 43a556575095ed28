package io.taforge.cli;

import io.taforge.storage.ProgressListener;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, when a person watches and there is something to watch. */
final class Progress implements ProgressListener, AutoCloseable {
  /** What is smaller is through before a person has seen a bar. */
  private static final long SMALLEST = 32L << 20;

  private static final long MEGABYTE = 1 << 20;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** For a transfer of so many bytes, or of -1 if nobody knows. */
  static Progress of(Surroundings around, String name, long bytes) {
    boolean isShown = around.isWatched() && (bytes < 0 || bytes >= SMALLEST);
    return new Progress(isShown ? bar(around, name, bytes) : null);
  }

  @Override
  public void transferred(long bytes, OptionalLong total) {
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static ProgressBar bar(Surroundings around, String name, long bytes) {
    PrintStream err = new PrintStream(around.err(), true, StandardCharsets.UTF_8);
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(bytes)
        .setUnit(" MB", MEGABYTE)
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .clearDisplayOnFinish()
        .build();
  }
}
