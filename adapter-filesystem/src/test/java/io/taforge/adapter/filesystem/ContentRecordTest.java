package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.adapter.filesystem.ContentRecord.DamagedRecordException;
import io.taforge.adapter.filesystem.ContentRecord.Description;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRecordTest {
  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00.000000001Z");
  private static final Instant AFTER = Instant.parse("2026-01-01T00:00:00.000000002Z");
  private static final Description OLD =
      new Description(
          3,
          BEFORE,
          Sha256.of(new byte[3]),
          ContentType.TEXT,
          Metadata.of(Map.of("a.b", "Größe: #1 = \\ !", "checksum", "checksum=")),
          Tags.of(Map.of("team", "blue", "0.size", "7")));
  private static final Description NEW =
      new Description(
          4, AFTER, Sha256.of(new byte[4]), ContentType.GZIP, Metadata.none(), Tags.none());

  private static ContentRecord record(Description... descriptions) {
    return new ContentRecord(List.of(descriptions));
  }

  private static String text(ContentRecord record) {
    return new String(record.toBytes(), StandardCharsets.UTF_8);
  }

  /** The text as whoever wants to mislead us would write it: with a checksum that is right. */
  private static byte[] signed(String text) {
    return (text + "checksum=" + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String unsigned(ContentRecord record) {
    String text = text(record);
    return text.substring(0, text.lastIndexOf("checksum="));
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    assertThat(ContentRecord.parse(record(OLD, NEW).toBytes())).isEqualTo(record(OLD, NEW));
    assertThat(ContentRecord.parse(record(NEW).toBytes())).isEqualTo(record(NEW));
    assertThat(ContentRecord.parse(record().toBytes()).descriptions()).isEmpty();
  }

  @Test
  void aPersonCanReadItAndItIsTheSameEachTime() {
    assertThat(text(record(NEW)).lines())
        .startsWith(
            "0.modified=2026-01-01T00\\:00\\:00.000000002Z",
            "0.sha256=" + Sha256.of(new byte[4]).hex(),
            "0.size=4",
            "0.type=application/gzip")
        .hasSize(5);
    assertThat(text(record(OLD))).isEqualTo(text(record(OLD))).doesNotContain("#1 =");
  }

  @Test
  void propertiesReadsTheSameInIt() throws Exception {
    String odd = " a  = : # ! \\ \t ü\ud83d\ude80 =";
    Description description =
        new Description(
            3,
            BEFORE,
            Sha256.of(new byte[3]),
            ContentType.TEXT,
            Metadata.of("k", "v = \\ # !"),
            Tags.of(Map.of("t", "a:b = c")));
    Properties read = new Properties();
    read.load(new StringReader(text(record(OLD, description))));
    String line = RecordLine.written(odd, odd);
    Properties oddly = new Properties();
    oddly.load(new StringReader(line));
    Map<String, String> again = new HashMap<>();
    RecordLine.read(line, again::put);

    assertThat(read)
        .containsEntry("0.modified", BEFORE.toString())
        .containsEntry("0.meta.a.b", "Größe: #1 = \\ !")
        .containsEntry("1.meta.k", "v = \\ # !")
        .containsEntry("1.tag.t", "a:b = c");
    assertThat(oddly).isEqualTo(Map.of(odd, odd));
    assertThat(again).isEqualTo(Map.of(odd, odd));
  }

  @Test
  void aFileHasTheDescriptionOfItsSizeAndTime() {
    ContentRecord record = record(OLD, NEW);

    assertThat(record.of(new FileFacts(3, BEFORE, null))).contains(OLD);
    assertThat(record.of(new FileFacts(4, AFTER, null))).contains(NEW);
    assertThat(record.of(new FileFacts(3, AFTER, null))).isEmpty();
    assertThat(record.of(new FileFacts(4, BEFORE, null))).isEmpty();
    assertThat(record.ofSize(4)).containsExactly(NEW);
    assertThat(record.ofSize(5)).isEmpty();
  }

  @Test
  void otherMetadataMakesANewVersionOfTheSameContent() {
    Metadata metadata = Metadata.of("k", "v");

    assertThat(OLD.withMetadata(metadata, AFTER))
        .isEqualTo(
            new Description(3, AFTER, OLD.sha256(), OLD.contentType(), metadata, OLD.tags()));
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] bytes = record(OLD, NEW).toBytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ContentRecord.parse(damaged))
          .as("bit %d", bit)
          .isInstanceOf(DamagedRecordException.class);
    }
  }

  @Test
  void whatWasCutOffOrGoesOnIsNoRecord() {
    byte[] bytes = record(OLD).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ContentRecord.parse(cut)).isInstanceOf(DamagedRecordException.class);
    }
    assertThatThrownBy(() -> ContentRecord.parse(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessage("its checksum does not match");
    assertThatThrownBy(() -> ContentRecord.parse(new byte[0])).hasMessage("it has no checksum");
  }

  @Test
  void linesInAnotherOrderAreNotWhatWasWritten() {
    List<String> lines = new ArrayList<>(text(record(OLD)).lines().toList());
    Collections.swap(lines, 0, 1);

    assertThatThrownBy(
            () ->
                ContentRecord.parse(
                    (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DamagedRecordException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.size=4, 0.size=four",
    "0.modified=2026, 0.modified=26",
    "0.modified, 0.changed",
    "0.sha256=, 0.sha256=x",
    "0.type=application/gzip, 0.type=gzip",
    "0.size=4, 0.size=\\u00",
    "0.size=4, 0.size=4|0.meta.two\\ words=x",
    "0.size=4, 0.size=4|0.tag.<=x"
  })
  void aRightChecksumDoesNotMakeItARecord(String found, String other) {
    String text = unsigned(record(NEW));
    assertThat(text).contains(found);
    byte[] changed = signed(text.replace(found, other.replace('|', '\n')));

    assertThatThrownBy(() -> ContentRecord.parse(changed))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageStartingWith("it cannot be read: ");
  }
}
