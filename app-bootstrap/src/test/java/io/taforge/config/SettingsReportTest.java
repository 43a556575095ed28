package io.taforge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReportTest {
  @TempDir Path folder;

  private Setting setting(String name, Map<String, String> environment) {
    return SettingsReader.report(environment, folder).values().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachSettingTellsWhereItComesFrom() throws IOException {
    Files.writeString(folder.resolve("region"), "eu-west-1");
    Files.writeString(
        folder.resolve(".env"),
        """
        # of the project
        MINIO_REGION_FILE=region

        STORAGE_ROOT="of file"
        MAX_SAMPLE_SIZE_MB=7
        STORAGE_ATTEMPTS=1
        STORAGE_ATTEMPTS=2
        """);
    Map<String, String> environment = Map.of("MINIO_READ_TIMEOUT", "5");

    assertThat(setting("MINIO_BUCKET_TAS", environment))
        .isEqualTo(new Setting("MINIO_BUCKET_TAS", "ta-artifacts", "default"));
    assertThat(setting("MINIO_READ_TIMEOUT", environment))
        .isEqualTo(new Setting("MINIO_READ_TIMEOUT", "5", "environment"));
    assertThat(setting("STORAGE_ROOT", environment))
        .isEqualTo(new Setting("STORAGE_ROOT", "of file", ".env, line 4"));
    assertThat(setting("MINIO_REGION", environment))
        .isEqualTo(
            new Setting("MINIO_REGION", "what is in region", "MINIO_REGION_FILE, .env, line 2"));
    assertThat(setting("MINIO_MAX_UPLOAD_SIZE_MB", environment))
        .isEqualTo(
            new Setting("MINIO_MAX_UPLOAD_SIZE_MB", "7", "MAX_SAMPLE_SIZE_MB, .env, line 5"));
    assertThat(setting("STORAGE_ATTEMPTS", environment))
        .isEqualTo(new Setting("STORAGE_ATTEMPTS", "2", ".env, line 7"));
  }

  /** Whoever says what is shown as the default changes nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"", "http://localhost:9000"})
  void whatIsShownAsADefaultIsOne(String endpoint) {
    Map<String, String> environment = new HashMap<>(Map.of("STORAGE_BACKEND", "s3"));
    if (!endpoint.isEmpty()) {
      environment.put("MINIO_ENDPOINT", endpoint);
    }
    SettingsReport report = SettingsReader.report(environment, folder);
    report.values().stream()
        .filter(each -> !each.value().isEmpty())
        .forEach(each -> environment.put(each.name(), each.value()));

    assertThat(SettingsReader.read(environment, folder)).isEqualTo(report.settings().orElseThrow());
  }

  @Test
  void secretsAreNotShown() throws IOException {
    Files.writeString(folder.resolve("secret"), "hush");
    assertThat(setting("MINIO_SECRET_KEY", Map.of("MINIO_SECRET_KEY", "hush")).value())
        .isEqualTo("********");
    assertThat(setting("MINIO_SECRET_KEY", Map.of()).value()).isEmpty();
    assertThat(setting("STORAGE_ROOT", Map.of("STORAGE_ROOT", "sftp://me:hush@host/x")).value())
        .isEqualTo("sftp://***@host/x");
    assertThat(setting("MINIO_SECRET_KEY", Map.of("MINIO_SECRET_KEY_FILE", "secret")).toString())
        .doesNotContain("hush");
    assertThat(setting("MINIO_ENDPOINT", Map.of("MINIO_ENDPOINT_FILE", "secret")).toString())
        .doesNotContain("hush");
    SettingsReport bad =
        SettingsReader.report(Map.of("MINIO_ENDPOINT", "http://me:hush@host"), folder);
    assertThat(bad.problems()).hasSize(1);
    assertThat(bad.toString()).doesNotContain("hush");
  }

  @Test
  void whatIsWrongIsShownAsItWasGivenBesideAllElse() {
    SettingsReport report =
        SettingsReader.report(Map.of("STORAGE_BACKEND", "floppy", "MINIO_USE_SSL", "?"), folder);

    assertThat(report.settings()).isEmpty();
    assertThat(report.problems()).hasSize(2);
    assertThat(report.values())
        .contains(new Setting("STORAGE_BACKEND", "floppy", "environment"))
        .hasSameSizeAs(SettingsReader.report(Map.of(), folder).values());
  }

  @Test
  void aFileThatCannotBeReadIsTheOnlyProblem() throws IOException {
    Files.writeString(folder.resolve(".env"), "nonsense\n");

    SettingsReport report = SettingsReader.report(Map.of("STORAGE_BACKEND", "minio"), folder);
    assertThat(report.problems())
        .containsExactly(
            folder.resolve(".env")
                + " cannot be read: each line must be NAME=value or # a comment");
    Files.delete(folder.resolve(".env"));
    Files.createDirectory(folder.resolve(".env"));
    assertThat(SettingsReader.report(Map.of(), folder).problems()).hasSize(1);
  }

  @Test
  void eachSettingOfTheExampleIsThere() throws IOException {
    String example = Files.readString(Path.of("../.env.example"));
    TreeSet<String> names =
        Pattern.compile("(?m)^#?([A-Z_]+)=")
            .matcher(example)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(SettingsReader.report(Map.of(), folder).values())
        .extracting(Setting::name)
        .containsExactlyInAnyOrderElementsOf(names);
  }
}
