package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WireMetadataTest {
  private static final Sha256 CHECKSUM = Sha256.of(new byte[] {1});

  @Test
  void whatHeadersCannotCarryIsEncoded() {
    Metadata metadata =
        Metadata.of(Map.of("source_type", " Größe  100% ", "plain-1", "a b; \"c\"", "a.b", ""));

    assertThat(WireMetadata.of(metadata, CHECKSUM, "id").entries())
        .containsOnly(
            Map.entry("source%5ftype", "%20Gr%c3%b6%c3%9fe %20100%25%20"),
            Map.entry("plain-1", "a b; \"c\""),
            Map.entry("a%2eb", ""),
            Map.entry("taforge-sha256", CHECKSUM.hex()),
            Map.entry("taforge-write", "id"));
  }

  @RepeatedTest(200)
  void whatIsSentComesBack(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, String> entries = new HashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      entries.put(key(random), value(random));
    }
    WireMetadata sent = WireMetadata.of(Metadata.of(entries), CHECKSUM, "write");

    Map<String, String> upperCase = new HashMap<>();
    sent.entries().forEach((key, value) -> upperCase.put(key.toUpperCase(Locale.ROOT), value));
    assertThat(WireMetadata.parse(sent.entries())).isEqualTo(sent);
    assertThat(WireMetadata.parse(upperCase)).isEqualTo(sent);
    assertThat(sent.entries().toString()).matches("[ -~]*");
  }

  @Test
  void lengthsAreThoseThatMetadataCountsWith() {
    String value = "é%x  y ".repeat(120);
    Metadata metadata = Metadata.of("a_b", value.substring(0, 620));

    int sent =
        WireMetadata.of(metadata, CHECKSUM, "").entries().entrySet().stream()
            .filter(each -> !each.getKey().startsWith(Metadata.RESERVED_PREFIX))
            .mapToInt(each -> each.getKey().length() + each.getValue().length())
            .sum();
    assertThat(sent).isLessThanOrEqualTo(Metadata.MAX_BYTES);
  }

  @Test
  void whatAnotherProgramWroteIsTakenAsFarAsItFits() {
    WireMetadata found =
        WireMetadata.parse(
            Map.of(
                "Colour", "100% red",
                "two words", "x",
                "line", "a\nb",
                "taforge-sha256", "nonsense",
                "taforge-other", "x"));

    assertThat(found.metadata()).isEqualTo(Metadata.of("colour", "100% red"));
    assertThat(found.sha256()).isEmpty();
    assertThat(found.writeId()).isEmpty();
  }

  @Test
  void aHoldOfAnotherProgramCountsWhateverItsWords() {
    assertThat(WireMetadata.parse(Map.of("Taforge-Hold", "YES")).metadata().isHold()).isTrue();
    assertThat(WireMetadata.parse(Map.of("taforge-hold", "False")).metadata().isHold()).isFalse();
  }

  private static String key(Random random) {
    String letters = "!#$%&'*+-.^_`|~09az";
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      key.append(letters.charAt(random.nextInt(letters.length())));
    }
    return key.toString();
  }

  private static String value(Random random) {
    String[] pieces = {" ", "%", "%41", "é", "日", "\ud83d\ude00", "a", "=", ";", "\"", "\\", "+"};
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      value.append(pieces[random.nextInt(pieces.length)]);
    }
    return value.toString();
  }
}
