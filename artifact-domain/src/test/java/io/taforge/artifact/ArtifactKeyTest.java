package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/.",
        "../a",
        "a/../b",
        "a\\b",
        "a\u0000",
        "a\nb",
        "\u007f",
        "a\u0085b",
        "a\u2028b",
        "e\u0301",
        "a\ud800",
        "\uffff",
        "\ufdd0",
        "a.",
        "a ",
        "a./b",
        "<",
        ">",
        ":",
        "\"",
        "|",
        "?",
        "*",
        "CON",
        "con.txt",
        "Aux.log",
        "nul",
        "COM1",
        "lpt9.x",
        "COM\u00b9",
        "conin$",
        "prn .txt"
      })
  void whatNotEveryBackendCanStoreIsRefused(String text) {
    assertThatThrownBy(() -> ArtifactKey.of(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("\u0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a/b", "a b", " a", "...a", ".a", "é", "%2F", "CONSOLE", "com", "COM12", "a#b"
      })
  void whatEveryBackendCanStoreIsAKey(String text) {
    assertThat(ArtifactKey.of(text)).hasToString(text);
  }

  @Test
  void segmentsHaveAtMost255Bytes() {
    assertThat(ArtifactKey.of("ü".repeat(127) + "x").value()).hasSize(128);
    assertThatThrownBy(() -> ArtifactKey.of("ü".repeat(128)))
        .hasMessageContaining("256 bytes")
        .hasMessageContaining("at most 255");
  }

  @Test
  void keysHaveAtMost1024Bytes() {
    String longest = ("a".repeat(127) + "/").repeat(7) + "b".repeat(128);

    assertThat(ArtifactKey.of(longest).value()).hasSize(1024);
    assertThatThrownBy(() -> ArtifactKey.of(longest + "c")).hasMessageContaining("1025 bytes");
  }

  @Test
  void orderIsThatOfUtf8Bytes() {
    Some.check(
        5_000,
        some -> new String[] {some.fileName().value(), some.fileName().value()},
        pair -> {
          int bytes =
              Arrays.compareUnsigned(
                  pair[0].getBytes(StandardCharsets.UTF_8),
                  pair[1].getBytes(StandardCharsets.UTF_8));

          assertThat(Integer.signum(ArtifactKey.of(pair[0]).compareTo(ArtifactKey.of(pair[1]))))
              .isEqualTo(Integer.signum(bytes));
        });
    assertThat(ArtifactKey.of("😀")).isGreaterThan(ArtifactKey.of("\uFFFD"));
  }

  @ParameterizedTest
  @CsvSource({
    "samples/,true,true",
    "samples/12,false,false",
    "tas/x/,true,false",
    "tas/x/v1,false,false"
  })
  void prefixesKnowWhetherTheyAreFolders(String text, boolean isFolder, boolean isWholeKind) {
    KeyPrefix prefix = KeyPrefix.of(text);

    assertThat(prefix.isFolder()).isEqualTo(isFolder);
    assertThat(prefix.isWholeKind()).isEqualTo(isWholeKind);
    assertThat(prefix.asFolder().value()).endsWith("/").startsWith(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sample", "/samples/", "samples/../", "samples//", "samples/a*"})
  void prefixesThatNoKeyCanHaveAreRefused(String text) {
    assertThatThrownBy(() -> KeyPrefix.of(text)).isInstanceOf(InvalidKeyException.class);
  }
}
