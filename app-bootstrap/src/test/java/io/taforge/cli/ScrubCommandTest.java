package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taforge.config.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scrub tells, and how it ends. */
class ScrubCommandTest extends CommandTest {
  private String storeThree() throws IOException {
    taforge("init");
    file("a.log", "content");
    String key = uploaded("samples", "upload", "a.log");
    uploaded("samples", "upload", "a.log");
    uploaded("samples", "upload", "a.log");
    return key;
  }

  private static JsonNode valid(byte[] report) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "scrub-report.schema.json")));
    JsonNode document = new ObjectMapper().readTree(report);
    assertThat(schema.validate(document.toString(), InputFormat.JSON)).isEmpty();
    return document;
  }

  private void flipABit(String key) throws IOException {
    Path file = folder.resolve("taforge-data/log-samples").resolve(key);
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatIsFineIsFineOnEveryBackend(Backend backend) throws IOException {
    environment.putAll(settings(backend));
    storeThree();

    Ended ended = taforge("scrub", "--json", "--report", "report.json");

    assertThat(ended.code()).isZero();
    JsonNode report = valid(ended.bytes());
    assertThat(report).isEqualTo(valid(Files.readAllBytes(folder.resolve("report.json"))));
    assertThat(report.at("/outcome").asText()).isEqualTo("fine");
    assertThat(report.at("/complete").asBoolean()).isTrue();
    assertThat(report.at("/verified/objects").asInt()).isEqualTo(3);
    assertThat(report.at("/verified/bytes").asInt()).isEqualTo(21);
    assertThat(taforge("scrub").out()).endsWith("fine\n").contains("verified   3        21 B");
  }

  @Test
  void aFlippedBitIsExitCode5AndNothingIsChanged() throws IOException {
    String key = storeThree();
    flipABit(key);
    byte[] damaged = Files.readAllBytes(folder.resolve("taforge-data/log-samples").resolve(key));

    Ended ended = taforge("scrub", "--json");
    Ended text = taforge("scrub");

    assertThat(ended.code()).isEqualTo(5);
    JsonNode report = valid(ended.bytes());
    assertThat(report.at("/outcome").asText()).isEqualTo("damaged");
    assertThat(report.at("/damaged/objects").asInt()).isEqualTo(1);
    assertThat(report.at("/findings/0/name").asText()).isEqualTo(key);
    assertThat(report.at("/findings/0/message").asText()).contains("was stored with");
    assertThat(text.code()).isEqualTo(5);
    assertThat(text.err()).isEqualTo("taforge: 1 artifacts are damaged\n");
    assertThat(text.out()).contains("damaged: " + key + ": ").endsWith("\ndamaged\n");
    assertThat(folder.resolve("taforge-data/log-samples").resolve(key)).hasBinaryContent(damaged);
  }

  @Test
  void aSampleCanBeRepeated() throws IOException {
    storeThree();

    JsonNode one = valid(taforge("scrub", "--sample", "50%", "--json").bytes());
    JsonNode same =
        valid(
            taforge("scrub", "--sample", "50", "--seed", one.get("seed").asText(), "--json")
                .bytes());

    assertThat(same.get("verified")).isEqualTo(one.get("verified"));
    assertThat(same.get("seed")).isEqualTo(one.get("seed"));
    assertThat(taforge("scrub", "--sample", "50%", "--seed", "7").out())
        .contains("sample of 50.0 %, with --seed 7");
  }

  @Test
  void whenTheTimeIsOverThatIsToldAndIsNoFailure() throws IOException {
    storeThree();

    Ended ended = taforge("scrub", "--max-duration", "PT0.000000001S", "--json");

    assertThat(ended.code()).isZero();
    assertThat(valid(ended.bytes()).at("/complete").asBoolean()).isFalse();
    assertThat(taforge("scrub", "--max-duration", "PT0.000000001S").out())
        .endsWith("fine, but not all was read\n");
  }

  @Test
  void whatCannotBeReadIsExitCode1() {
    Ended ended = taforge("scrub", "--json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("not all could be read");
  }

  @Test
  void badValuesAreWrongUsage() {
    assertRefused(2, "it must be more than 0", "scrub", "--sample", "0%");
    assertRefused(2, "it must be more than 0", "scrub", "--sample", "101%");
    assertRefused(2, "must read like 10%", "scrub", "--sample", "many");
    assertRefused(2, "there is no --sample", "scrub", "--seed", "1");
    assertRefused(2, "must be positive", "scrub", "--max-duration", "0s");
    assertRefused(1, "cannot be found", "scrub", "--report", "nowhere/report.json");
  }
}
