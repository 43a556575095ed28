package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPrefixTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

  @Test
  void foldersAreThoseOfTheLayouts() {
    assertThat(KeyPrefix.all(ArtifactKind.TA_BUNDLE)).hasToString("tas/");
    assertThat(KeyPrefix.samplesOf(RequestId.parse(ID))).hasToString("samples/" + ID + "/");
    assertThat(KeyPrefix.bundlesOf(RequestId.parse(ID))).hasToString("tas/" + ID + "/");
    assertThat(KeyPrefix.debugBundlesOf(ValidationRunId.parse(ID)))
        .hasToString("debug/" + ID + "/");
  }

  @Test
  void aPrefixTellsTheKindAndWhetherItIsAFolder() {
    assertThat(KeyPrefix.of("debug/x").kind()).isEqualTo(ArtifactKind.DEBUG_BUNDLE);
    assertThat(KeyPrefix.of("debug/x").isFolder()).isFalse();
    assertThat(KeyPrefix.of("debug/x/").isFolder()).isTrue();
    assertThat(KeyPrefix.of("debug/x/").isWholeKind()).isFalse();
    assertThat(KeyPrefix.of("debug/").isWholeKind()).isTrue();
  }

  @Test
  void aFolderIsItselfAndNotItsSiblings() {
    KeyPrefix folder = KeyPrefix.of("tas/" + ID + "/v1").asFolder();

    assertThat(folder).hasToString("tas/" + ID + "/v1/");
    assertThat(folder.asFolder()).isSameAs(folder);
    assertThat(folder.contains(ArtifactKey.of("tas/" + ID + "/v1/" + ID + ".tgz"))).isTrue();
    assertThat(folder.contains(ArtifactKey.of("tas/" + ID + "/v10/" + ID + ".tgz"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "sample",
        "other/",
        "samples//",
        "samples/../",
        "samples/a\nb",
        "tas/a\\"
      })
  void otherTextsArePrefixesOfNoKey(String text) {
    assertThatThrownBy(() -> KeyPrefix.of(text)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void aPrefixIsNotLongerThanAKey() {
    String folder = "a".repeat(199) + "/";
    String fitting = "samples/" + folder.repeat(5) + "b".repeat(16);

    assertThat(KeyPrefix.of(fitting).value()).hasSize(ArtifactKey.MAX_BYTES);
    assertThatThrownBy(() -> KeyPrefix.of(fitting + "b"))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("at most 1024 bytes in UTF-8");
  }
}
