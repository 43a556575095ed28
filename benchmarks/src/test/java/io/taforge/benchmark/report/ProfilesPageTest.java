package io.taforge.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKey;
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
      int length = 0; // no SHA-256: the recorder sees no stack in it
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() - end < 0) {
        length += ArtifactKey.of("samples/" + length + "/a.log").value().length();
      }
      recording.dump(folder.resolve("P0-keys-taforge.jfr"));
      recording.dump(folder.resolve("P0-keys-peer.jfr"));
    }
    Path page = folder.resolve("profiles.md");
    ProfilesPage.write(folder, page);

    assertThat(Files.readString(page))
        .contains("## P0-keys-taforge", "| io.taforge.artifact | ")
        .doesNotContain("peer");

    ProfilesPage.clear(folder);
    assertThat(folder.resolve("P0-keys-taforge.jfr")).doesNotExist();
  }
}
