package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  @Test
  void keysAreLowerCase() {
    Metadata metadata = Metadata.of("Source-Host", "Web1");

    assertThat(metadata.entries()).containsExactly(Map.entry("source-host", "Web1"));
    assertThat(metadata.value("SOURCE-HOST")).contains("Web1");
  }

  @Test
  void keysThatDifferInCaseOnlyAreRefused() {
    assertThatThrownBy(() -> Metadata.of(Map.of("a", "1", "A", "2")))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ü", "a:b", "a\n", "taforge-sha256", "Taforge-X"})
  void keysThatAreNoFreeTokensAreRefused(String key) {
    assertThatThrownBy(() -> Metadata.of(key, "x")).isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  void aHoldIsTheOneReservedKeyThatCallersSet() {
    assertThat(Metadata.of("Taforge-Hold", "true").isHold()).isTrue();
    assertThat(Metadata.of(Metadata.HOLD, "false").isHold()).isFalse();
    assertThat(Metadata.none().isHold()).isFalse();
    assertThatThrownBy(() -> Metadata.of(Metadata.HOLD, "yes"))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessage("'yes' is not a value of metadata key taforge-hold: it must be true or false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "\u0000", "\u2028", "\ud800", "\uffff"})
  void valuesWithControlCharactersAreRefused(String value) {
    assertThatThrownBy(() -> Metadata.of("k", value))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("U+")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"x,1", "ü,6", "%,3", "日,9"})
  void sizeIsCountedAsTheNarrowestWireCarriesIt(String character, int bytes) {
    int fitting = (Metadata.MAX_BYTES - 1) / bytes;

    assertThat(Metadata.of("k", character.repeat(fitting)).isEmpty()).isFalse();
    assertThatThrownBy(() -> Metadata.of("k", character.repeat(fitting + 1)))
        .hasMessageContaining("at most " + Metadata.MAX_BYTES);
  }

  @Test
  void keysCountAsTheNarrowestWireCarriesThem() {
    String fitting = "_".repeat(21) + "k";

    assertThat(Metadata.of(fitting, "").isEmpty()).isFalse();
    assertThatThrownBy(() -> Metadata.of(fitting + "k", ""))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("65 bytes and at most 64");
  }

  @Test
  void thereAreAtMostFiftyEntries() {
    Map<String, String> fifty =
        IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "k" + i, i -> ""));

    assertThat(Metadata.of(fifty).entries()).hasSize(50);
    fifty.put("one-more", "");
    assertThatThrownBy(() -> Metadata.of(fifty)).hasMessageContaining("at most 50");
  }

  @Test
  void outerSpacesCountMore() {
    String inner = "x".repeat(Metadata.MAX_BYTES - 1 - 2);

    assertThat(Metadata.of("k", inner + "xx").isEmpty()).isFalse();
    assertThatThrownBy(() -> Metadata.of("k", " " + inner + "x"))
        .isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  void tagsHaveTheLimitsOfS3() {
    Map<String, String> ten =
        IntStream.range(0, 10).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));

    assertThat(Tags.of(ten).entries()).hasSize(10);
    assertThatThrownBy(() -> Tags.of(Map.of("a".repeat(129), "")))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> Tags.of(Map.of("a", "b".repeat(257))))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(() -> Tags.of(Map.of("a", "<")))
        .isInstanceOf(InvalidMetadataException.class);
    assertThatThrownBy(
            () ->
                Tags.of(
                    IntStream.range(0, 11)
                        .boxed()
                        .collect(Collectors.toMap(i -> "k" + i, i -> ""))))
        .hasMessageContaining("at most 10");
  }

  @ParameterizedTest
  @CsvSource({
    "a.tgz,application/gzip",
    "A.TGZ,application/gzip",
    "a.zip,application/zip",
    "a.log,text/plain",
    "a.json,application/json",
    "a.csv,text/csv",
    "a,application/octet-stream"
  })
  void fileNameTellsTheContentType(String name, String type) {
    assertThat(ContentType.forName(FileName.of(name))).hasToString(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "text/", "/plain", "text/plain\n", "text/pl ain", "ü/x"})
  void otherTextsAreNoContentTypes(String text) {
    assertThatThrownBy(() -> ContentType.of(text)).isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  void contentTypesMayHaveParameters() {
    assertThat(ContentType.of("text/plain; charset=utf-8"))
        .hasToString("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({
    "a.gz,application/gzip",
    "a.spl,application/gzip",
    "a.txt,text/plain",
    "tgz,application/octet-stream"
  })
  void allEndingsThatAddOnsHaveTellTheContentType(String name, String type) {
    assertThat(ContentType.forName(FileName.of(name))).hasToString(type);
  }

  @Test
  void contentTypesAreNotLongerThanHeadersHold() {
    String longest = "text/" + "x".repeat(250);

    assertThat(ContentType.of(longest).value()).hasSize(255);
    assertThatThrownBy(() -> ContentType.of(longest + "x"))
        .isInstanceOf(InvalidMetadataException.class)
        .hasMessageContaining("at most 255 characters");
  }

  @ParameterizedTest
  @CsvSource({"a,1", "z,1", "0,1", "9,1", "-,1", "_,3", "`,3", "|,3", ".,3", "~,3"})
  void eachCharacterOfAKeyCountsAsTheNarrowestWireCarriesIt(String character, int bytes) {
    int fitting = Metadata.MAX_KEY_BYTES / bytes;

    assertThat(Metadata.of(character.repeat(fitting), "").entries()).hasSize(1);
    assertThatThrownBy(() -> Metadata.of(character.repeat(fitting + 1), ""))
        .isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  void severalSpacesInARowCountMore() {
    String fitting = "x".repeat(Metadata.MAX_BYTES - 1 - 6);

    assertThat(Metadata.of("k", fitting + "a  b").isEmpty()).isFalse();
    assertThatThrownBy(() -> Metadata.of("k", fitting + "ax  b"))
        .isInstanceOf(InvalidMetadataException.class);
  }

  @Test
  void whatIsEmptySaysSo() {
    assertThat(Metadata.none().isEmpty()).isTrue();
    assertThat(Metadata.none()).hasToString("{}");
    assertThat(Metadata.of("k", "v")).hasToString("{k=v}");
    assertThat(Tags.none().isEmpty()).isTrue();
    assertThat(Tags.of(Map.of("k", "v")).isEmpty()).isFalse();
    assertThat(Tags.of(Map.of("k", "v"))).hasToString("{k=v}");
    assertThat(new InvalidMetadataException("x").httpStatus()).isEqualTo(400);
  }
}
