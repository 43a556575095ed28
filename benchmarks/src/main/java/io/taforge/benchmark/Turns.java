package io.taforge.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a contestant's process and the one that has started it say to each other, line by line. */
final class Turns {
  static final String READY = "ready";
  static final String GO = "go";
  static final String ROUND = "round ";
  static final String END = "end ";
  static final String FAILED = "failed ";

  private final BufferedReader in;
  private final PrintStream out;

  Turns(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /** Whether a line is something that a contestant says. */
  static boolean isWord(String line) {
    return line.equals(READY)
        || line.startsWith(ROUND)
        || line.startsWith(END)
        || line.startsWith(FAILED);
  }

  /** Waits until nobody else runs. */
  void await() {
    say(READY);
    try {
      if (!GO.equals(in.readLine())) {
        throw new IllegalStateException("Nobody waits for this contestant any more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void tell(Round round) {
    say(
        String.format(
            Locale.ROOT, ROUND + "%.9e %.9e", round.operationsPerSecond(), round.cpuSeconds()));
  }

  void tellEnd(double allocatedBytes, double peakMegabytes) {
    say(String.format(Locale.ROOT, END + "%.1f %.1f", allocatedBytes, peakMegabytes));
  }

  void tellFailure(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    say(FAILED + cause.toString().replaceAll("\\s+", " "));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
