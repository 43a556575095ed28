package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {
  @Test
  void theReadmeHasTheSameWords() throws IOException {
    Matcher section =
        Pattern.compile("\n## Troubleshooting\n.*?\n(### .*?)\n## ", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));

    assertThat(section.find()).isTrue();
    assertThat(section.group(1)).isEqualToNormalizingWhitespace(Trouble.markdown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settings",
        "audit",
        "exists",
        "writable",
        "readable",
        "listable",
        "deletable",
        "modes",
        "link-key",
        "reachable",
        "credentials",
        "ours",
        "versions",
        "clock",
        "conditional-create",
        "conditional-delete",
        "checksums",
        "policy",
        "policy-status",
        "acl",
        "public-access-block",
        "anonymous-read",
        "anonymous-list",
        "unsigned-headers",
        "hardened"
      })
  void thereIsAdviceOnEachCheck(String aspect) {
    assertThat(Trouble.with(aspect).orElseThrow().advice(aspect)).isNotEmpty();
  }

  @Test
  void ofAnotherCheckThereIsNone() {
    assertThat(Trouble.with("weather")).isEmpty();
    assertThat(Trouble.UPLOAD.advice("readable")).isEmpty();
  }
}
