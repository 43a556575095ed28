package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taforge.config.Backend;
import io.taforge.testbed.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorTest extends CommandTest {
  private Ended failed(String... words) {
    Ended ended = taforge("doctor");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains(words).contains("STORAGE_BACKEND").contains("not all is well");
    assertThat(ended.out()).doesNotContain("hush").doesNotContain("\tat ");
    assertThat(ended.err()).isEmpty();
    return ended;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void allIsWell(Backend backend) throws IOException {
    environment.putAll(settings(backend));
    file("region", "us-east-1");
    environment.put("MINIO_REGION_FILE", "region");
    file(".env", "\nMAX_SAMPLE_SIZE_MB=7\n");
    taforge("init");

    Ended ended = taforge("doctor");
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsPattern("(?m)^STORAGE_BACKEND +" + backend + " +environment$")
        .containsPattern("(?m)^MINIO_MAX_UPLOAD_SIZE_MB +7 +MAX_SAMPLE_SIZE_MB, \\.env, line 2$")
        .containsPattern("(?m)^MINIO_REGION +what is in region +MINIO_REGION_FILE, environment$")
        .containsPattern("(?m)^MINIO_BUCKET_\\w+ +\\S+ +(default|environment)$")
        .containsPattern("(?m)^\\S+ +exists +ok$")
        .endsWith("\nall is well\n")
        .doesNotContain(environment.getOrDefault("MINIO_SECRET_KEY", "hush"));
    JsonNode document = taforge("doctor", "--json").json();
    assertThat(document.get("ok").asBoolean()).isTrue();
    assertThat(document.get("settings").get(0).get("origin").asText()).isEqualTo("environment");
    assertThat(document.get("checks").findValuesAsText("status")).contains("ok");
  }

  @Test
  void settingsThatCannotBeUsedAreAllToldWithWhereTheyComeFrom() throws IOException {
    file(".env", "MINIO_READ_TIMEOUT=soon\nMINIO_SECRET_KEY=hush\n");
    environment.put("STORAGE_BACKEND", "floppy");

    failed(
        "STORAGE_BACKEND is 'floppy'; allowed is: filesystem, minio, s3",
        "MINIO_READ_TIMEOUT is 'soon'",
        ".env, line 1",
        "Connection\n  settings: A value cannot be used.");
    JsonNode document = new ObjectMapper().readTree(taforge("doctor", "--json").bytes());
    assertThat(document.get("ok").asBoolean()).isFalse();
    assertThat(document.get("checks")).hasSize(2);
    assertThat(document.get("checks").get(0).get("topic").asText()).isEqualTo("Connection");
    assertThat(document.get("checks").get(0).get("advice").asText()).startsWith("A value cannot");
  }

  @Test
  void aFileOfSettingsThatCannotBeRead() throws IOException {
    file(".env", "MINIO_SECRET_KEY hush\n");

    failed(".env cannot be read");
  }

  @Test
  void warningsAreThereToo() throws IOException {
    taforge("init");
    Files.setPosixFilePermissions(
        file(".env", "MINIO_SECRET_KEY=hush\n"), PosixFilePermissions.fromString("rw-r--r--"));
    environment.put("STORAGE_ROTT", "x");

    Ended ended = taforge("doctor");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("warning: STORAGE_ROTT is not a setting of taforge; did you mean STORAGE_ROOT?")
        .contains("everybody may read it")
        .doesNotContain("hush");
  }

  @Test
  void aFolderThatIsNotThereOrIsNone() throws IOException {
    failed("exists", "There is no such folder", "Permission\n  exists: taforge init creates");

    file("root", "a file");
    environment.put("STORAGE_ROOT", "root");
    failed("There is no such folder in " + folder.resolve("root"));
    environment.put("STORAGE_ROOT", "sftp://me:hush@host/x");
    failed("'sftp://***@host/x' is neither a path nor", "Connection\n  settings: A value");
    assertThat(taforge("stats", "--verbose").err()).contains("\tat ").doesNotContain("hush");
  }

  @Test
  void aRecordThatCannotBeKept() throws IOException {
    taforge("init");
    file("trail", "a file");
    environment.put("AUDIT_LOG_DIR", "trail");

    failed("audit", "Permission\n  audit: What cannot be recorded is not done.");
  }

  @ParameterizedTest
  @EnumSource(value = Backend.class, names = "FILESYSTEM", mode = EnumSource.Mode.EXCLUDE)
  void aServerThatIsNotThereIsToldOnceAndSoon(Backend backend) {
    environment.putAll(settings(backend));
    try (ClosedPort port = new ClosedPort()) {
      environment.put("MINIO_ENDPOINT", port.endpoint().toString());
      long start = System.nanoTime();

      Ended ended = failed("reachable", "nothing answers", "Connection\n  reachable: Nothing");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(ended.out()).containsOnlyOnce("nothing answers at");
    }
    environment.put("MINIO_ENDPOINT", "https://nobody.invalid");
    failed("the name of the server cannot be resolved", "Connection\n  reachable: Nothing");
  }

  @ParameterizedTest
  @EnumSource(value = Backend.class, names = "FILESYSTEM", mode = EnumSource.Mode.EXCLUDE)
  void credentialsThatAreWrong(Backend backend) {
    environment.putAll(settings(backend));
    taforge("init");
    environment.put("MINIO_SECRET_KEY", "hush");

    failed("credentials", "Permission\n");
  }
}
