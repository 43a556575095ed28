package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taforge.config.Backend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command stores of bundles, and what not. */
class AdmissionCommandTest extends CommandTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

  private static byte[] slip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../.ssh/authorized_keys"));
      zip.write('x');
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aHostileBundleIsRefusedWithItsReasonAndTheOldOneStays(Backend backend) throws IOException {
    environment.putAll(settings(backend));
    taforge("init");
    debugBundle("debug.zip", "it failed");
    byte[] good = Files.readAllBytes(folder.resolve("debug.zip"));
    String key = uploaded("debug", "upload", "debug.zip", "--run", ID);
    Files.write(folder.resolve("debug.zip"), slip());
    String reason = "it is not admitted: its entry '../../.ssh/authorized_keys' leads up with '..'";

    assertRefused(1, reason, "debug", "upload", "debug.zip", "--run", ID);
    input = slip();
    assertRefused(1, reason, "debug", "upload", "-", "--name", "debug.zip", "--run", ID);
    assertRefused(
        1,
        "it is not admitted: it is not a gzip file",
        "bundles",
        "upload",
        "debug.zip",
        "--request",
        ID,
        "--version",
        "1");

    assertThat(taforge("debug", "download", key, "-o", "-").bytes()).isEqualTo(good);
    JsonNode stats = taforge("stats", "--json").json();
    assertThat(stats.at("/all/objects").asInt()).isEqualTo(1);
  }

  @Test
  void theBundleOfARealAddOnIsAdmittedFromAFileAndFromAStream() throws IOException {
    input = bundle("TA.tgz");
    for (String source : new String[] {"TA.tgz", "-"}) {
      String key = uploaded("bundles", "upload", source, "--request", ID, "--version", "1");
      assertThat(taforge("bundles", "download", key, "-o", "-").bytes()).isEqualTo(input);
    }
    Files.copy(Path.of("../docs/samples/TA-example.tgz"), folder.resolve("example.tgz"));
    assertThat(uploaded("bundles", "upload", "example.tgz", "--request", ID, "--version", "2"))
        .startsWith("tas/" + ID + "/v2/");
  }

  @Test
  void theLimitsCanBeSetAndAllOfItTurnedOff() throws IOException {
    bundle("TA.tgz");
    String[] upload = {"bundles", "upload", "TA.tgz", "--request", ID, "--version", "1"};
    environment.put("STORAGE_ADMISSION_ENTRIES", "5");
    assertRefused(1, "it has more than 5 files and folders", upload);
    environment.put("STORAGE_ADMISSION", "false");
    assertThat(taforge(upload).code()).isZero();
    environment.put("STORAGE_ADMISSION_ENTRIES", "none");
    assertRefused(2, "STORAGE_ADMISSION_ENTRIES is 'none'", upload);
  }

  @Test
  void doctorTellsWhetherItIsOn() {
    assertThat(taforge("doctor").out()).contains("STORAGE_ADMISSION ");
  }

  @Test
  void whatIsRefusedIsRecorded() throws IOException {
    Files.write(folder.resolve("debug.zip"), slip());

    assertThat(taforge("debug", "upload", "debug.zip", "--run", ID).code()).isEqualTo(1);

    try (var files = Files.list(folder.resolve("taforge-audit"))) {
      assertThat(files.filter(Files::isRegularFile))
          .anySatisfy(
              file -> assertThat(Files.readString(file)).contains("StorageRejectedException"));
    }
  }
}
