package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.remote.PolicyDocument.Reach;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("'Effect': 'Allow', 'Principal': '*'", Reach.ANYBODY),
        Arguments.of("'Effect': 'Allow', 'Principal': {'AWS': '*'}", Reach.ANYBODY),
        Arguments.of("'Effect': 'Allow', 'Principal': {'AWS': ['123', '*']}", Reach.ANYBODY),
        Arguments.of("'Effect': 'Allow', 'Principal': {'AWS': '\\u002a'}", Reach.ANYBODY),
        Arguments.of("'Effect': 'Allow', 'NotPrincipal': {'AWS': '123'}", Reach.ANYBODY),
        Arguments.of(
            "'Effect': 'Allow', 'Principal': '*', 'Condition':"
                + " {'StringLike': {'s3:prefix': ['samples/*']}}",
            Reach.ANYBODY),
        Arguments.of(
            "'Effect': 'Allow', 'Principal': '*', 'Condition': {'Null': {}}", Reach.ANYBODY),
        Arguments.of(
            "'Effect': 'Allow', 'Principal': '*', 'Condition':"
                + " {'StringEquals': {'aws:SourceVpce': 'vpce-1'}}",
            Reach.UNDER_CONDITIONS),
        Arguments.of("'Effect': 'Deny', 'Principal': '*'", Reach.NOBODY),
        Arguments.of(
            "'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::123:root'}", Reach.NOBODY),
        Arguments.of(
            "'Effect': 'Allow', 'Principal': {'Service': 'logs.amazonaws.com'}", Reach.NOBODY));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void aStatementReachesWhomItNames(String statement, Reach reach) {
    assertThat(PolicyDocument.parse(document("[{" + statement + "}]")).reach()).isEqualTo(reach);
    assertThat(PolicyDocument.parse(document("{" + statement + "}")).reach()).isEqualTo(reach);
  }

  @Test
  void theWidestStatementCounts() {
    String nobody = "{'Effect': 'Deny', 'Principal': '*'}";
    String anybody = "{'Effect': 'Allow', 'Principal': '*'}";

    assertThat(PolicyDocument.parse(document("[]")).reach()).isEqualTo(Reach.NOBODY);
    assertThat(PolicyDocument.parse(document("[" + anybody + ", " + nobody + "]")).reach())
        .isEqualTo(Reach.ANYBODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\": tru}",
        "{\"a\": 1} x",
        "{'a': 1}",
        "{\"a\":1,}"
      })
  void whatIsNoPolicyIsRefused(String text) {
    assertThatThrownBy(() -> PolicyDocument.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    assertThatThrownBy(() -> PolicyDocument.parse("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String document(String statements) {
    return "{'Version': '2012-10-17', 'Id': 'a \\'quote\\'', 'n': [1, -2.5e3, true, null],"
            .replace("\\'", "\\\"")
            .replace('\'', '"')
        + " \"Statement\": "
        + statements.replace('\'', '"')
        + "}";
  }
}
