package io.taforge.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts other processes on the JVM and the class path of this one. */
final class Jvm {
  private Jvm() {}

  static ProcessBuilder command(List<String> options, Class<?> main, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(arguments);
    return new ProcessBuilder(words);
  }
}
