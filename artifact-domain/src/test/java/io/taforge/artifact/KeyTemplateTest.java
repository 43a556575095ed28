package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {
  private static final KeyTemplate TEMPLATE = new KeyTemplate("a/v{version}/{name}.tgz");

  @Test
  void whatIsWrittenIsRead() {
    assertThat(TEMPLATE.depth()).isEqualTo(3);
    assertThat(TEMPLATE.write(7, "x")).isEqualTo("a/v7/x.tgz");
    assertThat(TEMPLATE.read("a/v7/x.tgz").orElseThrow()).containsExactly("7", "x");
    assertThat(TEMPLATE.prefix()).isEqualTo("a/");
    assertThat(TEMPLATE.prefix(7)).isEqualTo("a/v7/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a/v7",
        "a/7/x.tgz",
        "a/v7/x",
        "ab/v7/x.tgz",
        "b/v7/x.tgz",
        "a/v7/x.tgz/"
      })
  void whatHasAnotherFormHasNoValues(String key) {
    assertThat(TEMPLATE.read(key)).isEmpty();
  }

  @Test
  void whatIsBeforeAndBehindAVariableDoesNotOverlap() {
    KeyTemplate template = new KeyTemplate("aba{x}ba");

    assertThat(template.read("ababa").orElseThrow()).containsExactly("");
    assertThat(template.read("aba")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a}{b}", "{A}", "a/{", "}"})
  void otherTextsAreNoLayouts(String layout) {
    assertThatThrownBy(() -> new KeyTemplate(layout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not a key layout: " + layout);
  }
}
