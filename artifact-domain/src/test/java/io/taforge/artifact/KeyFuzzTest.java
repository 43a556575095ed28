package io.taforge.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That a text is a key in one way or refused in one way. A build tries what the corpus beside the
 * tests holds; with {@code JAZZER_FUZZ=1} in the environment it looks for more, guided by coverage.
 */
class KeyFuzzTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final Path CORPUS =
      Path.of(
          "src/test/resources/io/taforge/artifact/KeyFuzzTestInputs/aKeyIsOfOneArtifactOrRefused");

  private static final List<String> BEGINNINGS =
      List.of(
          "",
          "samples/",
          "samples/" + ID + "/",
          "tas/" + ID + "/v",
          "tas/" + ID + "/v1/" + ID,
          "debug/",
          "debug/" + ID + "/");

  @FuzzTest(maxDuration = "30s")
  void aKeyIsOfOneArtifactOrRefused(FuzzedDataProvider data) {
    String beginning = data.pickValue(BEGINNINGS);
    check(beginning + data.consumeRemainingAsString(), Artifact::at);
  }

  /** The corpus knows what a reader does wrong that is not particular about a key. */
  @Test
  void aReaderThatTakesAnotherKeyForTheSameIsFoundOut() throws IOException {
    int inputs = 0;
    int found = 0;
    try (Stream<Path> files = Files.list(CORPUS)) {
      for (Path file : files.toList()) {
        String input = new String(Files.readAllBytes(file), UTF_8);
        for (String beginning : BEGINNINGS) {
          String text = beginning + input.substring(0, Math.max(0, input.length() - 1));
          inputs++;
          check(text, Artifact::at);
          try {
            check(text, careless -> Artifact.at(careless.toLowerCase(Locale.ROOT)));
          } catch (AssertionError e) {
            found++;
          }
        }
      }
    }
    System.out.printf(
        "Reliability F1: keys: %d texts of the corpus are of one artifact or refused%n", inputs);
    System.out.printf(
        "Reliability F1 control: a reader to which case is nothing is found out by %d of them%n",
        found);
    assertThat(found).isPositive();
  }

  private static void check(String text, Function<String, Artifact> reader) {
    try {
      Artifact artifact = reader.apply(text);
      assertThat(artifact.key().value()).isEqualTo(text);
      assertThat(artifact.folder().contains(artifact.key())).isTrue();
      assertThat(KeyPrefix.of(text).contains(artifact.key())).isTrue();
      assertThat(text).endsWith("/" + artifact.fileName());
      assertThat(artifact.fileName().attachment()).matches("[ -~]*");
      assertStaysBelowItsFolder(text);
    } catch (InvalidKeyException e) {
      assertThat(e.getMessage()).matches("[^\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]{1,1000}");
    }
  }

  private static void assertStaysBelowItsFolder(String text) {
    Path root = Path.of("/root");
    Path place = root.resolve(text.replaceAll("[^\\x00-\\x7f]", "x")); // in any locale
    assertThat(place.normalize()).isEqualTo(place);
    assertThat(place.startsWith(root)).isTrue();
    assertThat(place.getNameCount()).isEqualTo(1 + text.split("/", -1).length);
  }
}
