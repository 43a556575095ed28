package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final String OTHER = "00000000-0000-4000-8000-00000000000f";

  @Test
  void keyAndArtifactAreInverse() {
    Some.check(
        5_000,
        Some::artifact,
        artifact -> assertThat(Artifact.at(artifact.key())).isEqualTo(artifact));
  }

  @Test
  void whateverParsesIsWrittenTheSameWay() {
    Some.check(
        20_000,
        Some::damagedKey,
        key -> {
          try {
            assertThat(Artifact.at(key).key().value()).isEqualTo(key);
          } catch (InvalidKeyException e) {
            assertThat(e).hasMessageMatching("(?s).* (is|must) .*").hasMessageNotContaining("\n");
          }
        });
  }

  @Test
  void keysAreInTheirFolder() {
    Some.check(
        1_000,
        Some::artifact,
        artifact -> {
          assertThat(artifact.folder().contains(artifact.key())).isTrue();
          assertThat(artifact.folder().isFolder()).isTrue();
          assertThat(artifact.folder().kind()).isEqualTo(artifact.kind());
          assertThat(artifact.key().value()).endsWith("/" + artifact.fileName());
        });
  }

  @Test
  void layoutsAreThoseThatPeopleKnow() {
    RequestId request = RequestId.parse(ID);

    assertThat(new LogSample(request, FileName.of("a.log")).key())
        .hasToString("samples/" + ID + "/a.log");
    assertThat(new TaBundle(request, BundleVersion.of(7), RevisionId.parse(OTHER)).key())
        .hasToString("tas/" + ID + "/v7/" + OTHER + ".tgz");
    assertThat(new DebugBundle(ValidationRunId.parse(ID), FileName.of("d.zip")).key())
        .hasToString("debug/" + ID + "/d.zip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{request_id}.log", "{filename}", "a%2Fb", "%2e%2e", "v1", "x.tgz"})
  void awkwardFileNamesStayThemselves(String name) {
    LogSample sample = new LogSample(RequestId.parse(ID), FileName.of(name));

    assertThat(sample.key().value()).isEqualTo("samples/" + ID + "/" + name);
    assertThat(Artifact.at(sample.key())).isEqualTo(sample);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "samples/" + ID,
        "samples/" + ID + "/a/b",
        "samples/a.log",
        "samples/123E4567-e89b-12d3-a456-426614174000/a.log",
        "samples/1-1-1-1-1/a.log",
        "sample/" + ID + "/a.log",
        "tas/" + ID + "/1/" + OTHER + ".tgz",
        "tas/" + ID + "/v0/" + OTHER + ".tgz",
        "tas/" + ID + "/v01/" + OTHER + ".tgz",
        "tas/" + ID + "/v+1/" + OTHER + ".tgz",
        "tas/" + ID + "/v2147483648/" + OTHER + ".tgz",
        "tas/" + ID + "/v1/" + OTHER,
        "tas/" + ID + "/v1/" + OTHER + ".tar",
        "tas/" + ID + "/v1/.tgz",
        "debug/" + ID,
        "a.log"
      })
  void nothingElseIsAnArtifact(String key) {
    assertThatThrownBy(() -> Artifact.at(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("'");
  }

  @ParameterizedTest
  @CsvSource({"samples/x,LOG_SAMPLE,2", "tas/x,TA_BUNDLE,3", "debug/x,DEBUG_BUNDLE,2"})
  void keyAloneTellsTheKind(String key, ArtifactKind kind, int depth) {
    assertThat(ArtifactKind.of(key)).isEqualTo(kind);
    assertThat(kind.folderDepth()).isEqualTo(depth);
  }
}
