package io.taforge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a {@code .env} file of anybody's is settings, or sentences about what is wrong. A build
 * tries what the corpus beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment it
 * looks for more, guided by coverage.
 */
class SettingsFuzzTest {
  private static final String CANARY = "kanarienvogel";

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "30s")
  void aFileIsSettingsOrSentences(FuzzedDataProvider data) throws IOException {
    boolean hasSecret = data.consumeBoolean();
    Path file = folder.resolve(".env");
    byte[] bytes = data.consumeRemainingAsBytes();
    Files.write(file, bytes);
    if (hasSecret) {
      Files.writeString(file, "\nMINIO_SECRET_KEY=" + CANARY + "\n", StandardOpenOption.APPEND);
    }

    SettingsReport report = SettingsReader.report(Map.of(), folder);
    assertThat(report.settings().isPresent()).isEqualTo(report.problems().isEmpty());
    assertThat(report.toString()).doesNotContain(CANARY);
    assertThat(report.problems())
        .allSatisfy(each -> assertThat(each).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]"));
    assertThat(report.warnings())
        .allSatisfy(each -> assertThat(each).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]"));
  }
}
