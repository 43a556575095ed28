package io.taforge.storage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * That a policy which anybody may have written is looked at to its end. A build tries what the
 * corpus beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment it looks for more,
 * guided by coverage.
 */
class PolicyFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void aPolicyIsReadOrFoundInvalid(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    List<PolicyFinding> findings = PolicyCheck.findings(text);

    assertThat(findings)
        .allSatisfy(
            each ->
                assertThat(each.sentence()).doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}]"));
    try {
      Object value = JsonText.read(text);
      assertThat(JsonText.read(written(value))).isEqualTo(value);
    } catch (IllegalArgumentException e) {
      assertThat(findings).as("what is no JSON is no policy").isNotEmpty();
    }
  }

  private static String written(Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.entrySet().stream()
          .map(each -> written(each.getKey()) + ":" + written(each.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> array) {
      return array.stream().map(PolicyFuzzTest::written).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof JsonText.Literal literal ? literal.text() : quoted((String) value);
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(each -> String.format("\\u%04x", each))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
