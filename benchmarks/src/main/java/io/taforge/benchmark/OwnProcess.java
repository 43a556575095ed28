package io.taforge.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system knows of this process. */
final class OwnProcess {
  private static final String PEAK = "VmHWM:";

  private OwnProcess() {}

  /** How much time of the processors it has taken, on all of them together. */
  static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** How much memory it has had at the most; NaN where that is not told. */
  static double peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith(PEAK))
            .mapToDouble(
                line -> Double.parseDouble(line.substring(PEAK.length()).replace("kB", "").strip()))
            .findFirst()
            .orElse(Double.NaN)
        / 1024;
  }
}
