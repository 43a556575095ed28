package io.taforge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir Path folder;

  private Settings read(Map<String, String> environment) {
    return SettingsReader.read(environment, folder);
  }

  @Test
  void nothingNeedsToBeSet() {
    Settings settings = read(Map.of());

    assertThat(settings.backend()).isEqualTo(Backend.FILESYSTEM);
    assertThat(settings.root()).isEqualTo(folder.resolve("taforge-data").toString());
    assertThat(settings.isDurable()).isTrue();
    assertThat(settings.buckets()).isEqualTo(Buckets.defaults());
    assertThat(settings.uploadLimit()).isEqualTo(UploadLimit.DEFAULT);
    assertThat(settings.retention()).isEqualTo(RetentionPolicy.samplesFor(Duration.ofDays(30)));
    assertThat(settings.server())
        .isEqualTo(
            new ServerSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "us-east-1",
                Duration.ofHours(1),
                ByteSize.ofMegabytes(5),
                ByteSize.ofMegabytes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60)));
    assertThat(settings.audit().retention()).isEqualTo(Duration.ofDays(365));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void everythingCanBeSet() {
    Settings settings =
        read(
            Map.ofEntries(
                Map.entry("STORAGE_BACKEND", "S3"),
                Map.entry("STORAGE_ROOT", "/data"),
                Map.entry("STORAGE_DURABILITY", "none"),
                Map.entry("MINIO_ENDPOINT", "localhost:9000"),
                Map.entry("MINIO_ACCESS_KEY", "someone"),
                Map.entry("MINIO_SECRET_KEY", "hush"),
                Map.entry("MINIO_BUCKET_SAMPLES", "one"),
                Map.entry("MINIO_BUCKET_TAS", "two"),
                Map.entry("MINIO_BUCKET_DEBUG", "three"),
                Map.entry("MINIO_USE_SSL", "true"),
                Map.entry("MINIO_REGION", "eu-central-1"),
                Map.entry("SAMPLE_RETENTION_ENABLED", "no"),
                Map.entry("SAMPLE_RETENTION_DAYS", "7"),
                Map.entry("MINIO_MAX_UPLOAD_SIZE_MB", "12"),
                Map.entry("MINIO_PRESIGNED_URL_EXPIRATION", "60"),
                Map.entry("MINIO_MULTIPART_THRESHOLD_MB", "8"),
                Map.entry("MINIO_MULTIPART_CHUNK_SIZE_MB", "16"),
                Map.entry("MINIO_CONNECTION_TIMEOUT", "3"),
                Map.entry("MINIO_READ_TIMEOUT", "4"),
                Map.entry("ENABLE_AUDIT_LOGGING", "off"),
                Map.entry("AUDIT_LOG_RETENTION_DAYS", "5")));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                Backend.S3,
                "/data",
                false,
                new Buckets("one", "two", "three"),
                UploadLimit.ofMegabytes(12),
                RetentionPolicy.keepEverything(),
                new ServerSettings(
                    Optional.of("localhost:9000"),
                    Optional.of("someone"),
                    Optional.of(new Secret("hush")),
                    true,
                    "eu-central-1",
                    Duration.ofMinutes(1),
                    ByteSize.ofMegabytes(8),
                    ByteSize.ofMegabytes(16),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4)),
                new AuditSettings(false, Duration.ofDays(5)),
                settings.warnings()));
    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        "# of the project\nSTORAGE_ROOT=\"of file\"\nMAX_SAMPLE_SIZE_MB=7\nMINIO_REGION=x\n");

    Settings settings = read(Map.of("MINIO_REGION", "y", "STORAGE_BACKEND", ""));
    assertThat(settings.root()).isEqualTo(folder.resolve("of file").toString());
    assertThat(settings.uploadLimit()).isEqualTo(UploadLimit.ofMegabytes(7));
    assertThat(settings.server().region()).isEqualTo("y");
    assertThat(settings.backend()).isEqualTo(Backend.FILESYSTEM);
  }

  @Test
  void aRootMayBeAUriOfVfs() {
    assertThat(read(Map.of("STORAGE_ROOT", "ram:///x")).root()).isEqualTo("ram:///x");
  }

  @Test
  void aFileThatCannotBeReadIsRefusedWithoutItsSecrets() throws IOException {
    Files.writeString(folder.resolve(".env"), "MINIO_SECRET_KEY hush\n");

    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(".env")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STORAGE_BACKEND | floppy | filesystem, minio, s3",
        "STORAGE_DURABILITY | some | full, none",
        "MINIO_USE_SSL | maybe | true or false",
        "MINIO_MAX_UPLOAD_SIZE_MB | many | a whole number from 1",
        "MINIO_MAX_UPLOAD_SIZE_MB | 0 | a whole number from 1",
        "MINIO_MAX_UPLOAD_SIZE_MB | -5 | a whole number from 1",
        "MAX_SAMPLE_SIZE_MB | 1.5 | a whole number from 1",
        "SAMPLE_RETENTION_DAYS | 0 | a whole number from 1",
        "MINIO_PRESIGNED_URL_EXPIRATION | 604801 | a whole number from 1 to 604800",
        "MINIO_MULTIPART_CHUNK_SIZE_MB | 4 | a whole number from 5 to 5120",
        "MINIO_READ_TIMEOUT | 99999999999999999999 | a whole number from 1",
        "MINIO_BUCKET_TAS | No_Bucket | 3 to 63 lower-case letters"
      })
  void aBadValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(allowed);
  }

  @Test
  void anUnknownNameIsAWarningWithTheNearestOne() {
    Settings settings =
        read(Map.of("STORAGE_ROTT", "x", "MINIO_SECRETKEY", "hush", "MINIOS", "x", "PATH", "y"));

    assertThat(settings.warnings())
        .containsExactly(
            "MINIO_SECRETKEY is not a setting of taforge; did you mean MINIO_SECRET_KEY?",
            "STORAGE_ROTT is not a setting of taforge; did you mean STORAGE_ROOT?");
  }
}
