package io.taforge.benchmark;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Starts other processes on the JVM and the class path of this one. */
final class Jvm {
  private Jvm() {}

  static ProcessBuilder command(List<String> options, Class<?> main, List<String> arguments) {
    return command(options, main, arguments, jar -> true);
  }

  /** With those jars of the class path that the predicate takes. */
  static ProcessBuilder command(
      List<String> options, Class<?> main, List<String> arguments, Predicate<String> jars) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-cp");
    words.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator)));
    words.add(main.getName());
    words.addAll(arguments);
    return new ProcessBuilder(words);
  }
}
