package io.taforge.adapter.filesystem;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts JVMs on the test's class path several times as fast, for suites that start thousands: the
 * classes are kept in an archive as the JVM lays them out in memory, which takes jars.
 */
final class QuickJvm {
  private final String classPath;
  private final Path archive;

  private QuickJvm(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /**
   * Makes the archive in this folder, with all classes that a run needs.
   *
   * @param run the arguments of a run that ends by itself
   */
  static QuickJvm after(Path folder, List<String> run) throws IOException, InterruptedException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve(jars.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    QuickJvm jvm =
        new QuickJvm(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
    Process training = jvm.started(List.of("-XX:ArchiveClassesAtExit=" + jvm.archive), run);
    training.getOutputStream().close();
    training.getInputStream().transferTo(OutputStream.nullOutputStream());
    training.waitFor();
    return jvm;
  }

  /** Starts one; without the archive, should there be none, it only takes longer. */
  Process start(List<String> options, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add("-XX:SharedArchiveFile=" + archive);
    all.add("-Xshare:auto");
    return started(all, arguments);
  }

  private Process started(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (Stream<Path> files = Files.walk(classes);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
