package io.taforge.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesPageTest {
  @Test
  void whatTakesLongIsNamed(@TempDir Path folder) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.start();
      byte[] content = new byte[1 << 20];
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() - end < 0) {
        content[0] = (byte) Sha256.of(content).hex().length();
      }
      recording.dump(folder.resolve("P0-hash-taforge.jfr"));
      recording.dump(folder.resolve("P0-hash-peer.jfr"));
    }
    Path page = folder.resolve("profiles.md");
    ProfilesPage.write(folder, page);

    assertThat(Files.readString(page))
        .contains("## P0-hash-taforge", "| SHA-256 | ")
        .doesNotContain("peer");

    ProfilesPage.clear(folder);
    assertThat(folder.resolve("P0-hash-taforge.jfr")).doesNotExist();
  }
}
