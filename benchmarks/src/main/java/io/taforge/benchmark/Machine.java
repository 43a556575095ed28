package io.taforge.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** On what and with what a run was made. */
final class Machine {
  private static final Pattern JAR = Pattern.compile("([a-z0-9-]+?)-([0-9][0-9A-Za-z.]*)\\.jar");

  /** Jars whose versions are told, and what they are called. */
  private static final Map<String, String> JARS =
      Map.of(
          "sdk-core", "AWS SDK",
          "aws-crt", "AWS CRT",
          "minio", "MinIO SDK",
          "okhttp-jvm", "OkHttp",
          "jclouds-core", "jclouds",
          "opendal", "OpenDAL",
          "commons-vfs2", "Commons VFS",
          "jmh-core", "JMH");

  private Machine() {}

  /** In a sentence. */
  static String description() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %.0f GB of memory, %s %s, %s %s, load %.1f when it began",
        processor(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        system.getSystemLoadAverage());
  }

  /** Of the libraries on the class path. */
  static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = JAR.matcher(System.getProperty("java.class.path"));
    while (matcher.find()) {
      String name = JARS.get(matcher.group(1));
      if (name != null) {
        versions.put(name, matcher.group(2));
      }
    }
    return versions;
  }

  private static String processor() throws IOException {
    Path facts = Path.of("/proc/cpuinfo");
    if (!Files.exists(facts)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(facts).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
