package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts real JVMs on the test's class path. */
final class Jvm {
  private Jvm() {}

  static Process start(
      Map<String, String> environment, List<String> options, List<String> arguments)
      throws IOException {
    return start(List.of(), environment, options, arguments);
  }

  /** One that another command starts, such as {@code setpriv}. */
  static Process start(
      List<String> prefix,
      Map<String, String> environment,
      List<String> options,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What it printed, when it has ended well. */
  static String run(Map<String, String> environment, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, options, arguments);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(arguments + " ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }

  /** Ends this JVM as soon as whoever has started it is no more, or has closed its input. */
  static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                Runtime.getRuntime().halt(3);
              }
            },
            "end with parent");
    watch.setDaemon(true);
    watch.start();
  }
}
