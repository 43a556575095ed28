package io.taforge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "5b0c1d2e-0000-4000-8000-000000000000, 5b0c1d2e-0000-4000-8000-000000000000",
        "Root=1-57;Parent=x, Root%3D1-57%3BParent%3Dx",
        "a b, a%20b",
        "100%, 100%25",
        "a%20b, a%2520b",
        "é, %C3%A9",
        "\uD83D\uDE00, %F0%9F%98%80",
        "x\" (evil), x%22%20%28evil%29"
      })
  void whatIsNoLetterOrDigitIsEncoded(String text, String token) {
    assertThat(CorrelationId.of(text)).isEqualTo(new CorrelationId(token)).hasToString(token);
    assertThat(URLDecoder.decode(token, StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void noCharacterGetsOutOfIts() {
    for (int point = 0; point <= 0xFFFF; point++) {
      assertThat(CorrelationId.of(Character.toString(point)).inUserAgent())
          .matches("taforge-correlation-id/[A-Za-z0-9._~%-]+");
    }
  }

  @Test
  void whatIsTooLongIsCutBetweenCharacters() {
    assertThat(CorrelationId.of("x".repeat(300)).token()).isEqualTo("x".repeat(256));
    assertThat(CorrelationId.of("é".repeat(256)).token()).isEqualTo("%C3%A9".repeat(42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "%", "%4", "%zz", "a\n", "é"})
  void anotherFormIsRefused(String token) {
    assertThatThrownBy(() -> new CorrelationId(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("percent-encoded");
  }
}
