package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.taforge.adapter.filesystem.ContentRecord.DamagedRecordException;
import io.taforge.artifact.Sha256;

/**
 * That what lies in a folder is what was written there or damaged. A build tries what the corpus
 * beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment one of them looks for more,
 * guided by coverage.
 */
class RecordFuzzTest {
  private static final String DESCRIPTION =
      "0.modified=2026-11-24T10\\:15\\:30Z\n0.sha256="
          + "0123456789abcdef".repeat(4)
          + "\n0.size=3\n0.type=text/plain\n";

  /** With the checksum that belongs to it, or without any. */
  @FuzzTest(maxDuration = "30s")
  void aRecordIsReadOrDamaged(FuzzedDataProvider data) throws DamagedRecordException {
    boolean isSealed = data.consumeBoolean();
    String text = (data.consumeBoolean() ? DESCRIPTION : "") + data.consumeRemainingAsString();
    byte[] bytes = text.getBytes(UTF_8);
    if (isSealed) {
      String whole = new String(bytes, UTF_8);
      bytes = (whole + "checksum=" + Sha256.of(bytes).hex() + "\n").getBytes(UTF_8);
    }
    ContentRecord read;
    try {
      read = ContentRecord.parse(bytes);
    } catch (DamagedRecordException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(read.descriptions()).allSatisfy(each -> assertThat(each.size()).isNotNegative());
    assertThat(ContentRecord.parse(read.toBytes())).isEqualTo(read);
    assertThat(ContentRecord.parse(read.toBytes()).toBytes()).isEqualTo(read.toBytes());
  }

  @FuzzTest(maxDuration = "30s")
  void aNoteOfALeaseIsReadOrRefused(FuzzedDataProvider data) {
    String end = data.consumeBoolean() ? "\n2026-11-24T10:15:30Z\n" : "";
    String text = "taforge-lease 1\nid\nowner" + end + data.consumeRemainingAsString();
    try {
      LeaseNote note = LeaseNote.parse(text);
      assertThat(LeaseNote.parse(note.format())).isEqualTo(note);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("[^\\p{Cntrl}]{1,1000}");
    }
  }
}
