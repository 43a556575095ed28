package io.taforge.storage.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.Buckets;
import io.taforge.storage.policy.PolicyFinding.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Principal': '*'",
        "'Principal': {'AWS': '*'}",
        "'Principal': {'AWS': ['123', '*']}",
        "'Principal': {'AWS': '\\u002a'}",
        "'NotPrincipal': {'AWS': '123'}",
        "'Principal': '*', 'Condition': {'Null': {}}"
      })
  void everybodyIsEverybodyHoweverThatIsWritten(String principal) {
    assertThat(problems(allow(principal))).containsExactly(Problem.PUBLIC);
    assertThat(problems(allow(principal).replace("Allow", "Deny"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'AWS': 'arn:aws:iam::123:root'}",
        "{'AWS': 'arn:aws:iam:::user/somebody'}",
        "{'Service': 'logs.amazonaws.com'}"
      })
  void whoIsNamedIsNotEverybody(String principal) {
    assertThat(problems(allow("'Principal': " + principal))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}} | CONDITIONAL",
        "{'IpAddress': {'aws:SourceIp': ['10.0.0.0/8', '0.0.0.0/0']}} | PUBLIC",
        "{'NotIpAddress': {'aws:SourceIp': '10.0.0.0/8'}} | PUBLIC",
        "{'StringEquals': {'AWS:SourceVpce': 'vpce-1'}} | CONDITIONAL",
        "{'StringEqualsIfExists': {'aws:SourceVpce': 'vpce-1'}} | PUBLIC",
        "{'ForAllValues:StringEquals': {'aws:SourceVpce': 'vpce-1'}} | PUBLIC",
        "{'StringLike': {'aws:PrincipalOrgID': '*'}} | PUBLIC",
        "{'StringLike': {'aws:Referer': 'https://example.com/*'}} | PUBLIC",
        "{'Bool': {'aws:SecureTransport': 'true'}} | PUBLIC"
      })
  void aConditionCountsIfStrangersCannotMeetIt(String condition, Problem problem) {
    assertThat(problems(allow("'Principal': '*', 'Condition': " + condition)))
        .containsExactly(problem);
  }

  @Test
  void aConditionOnThePrefixOfAnObjectKeepsNobodyOut() {
    String condition = "'Condition': {'StringLike': {'s3:prefix': ['samples/*']}}";

    assertThat(problems(allow("'Principal': '*', " + condition)))
        .containsExactly(Problem.PUBLIC, Problem.INVALID);
  }

  @Test
  void eachStatementIsLookedAt() {
    assertThat(
            PolicyCheck.findings(
                document(
                    statement("'Principal': {'AWS': '1'}") + ", " + statement("'Principal': '*'"))))
        .containsExactly(new PolicyFinding("2", Problem.PUBLIC, "its Principal is everybody"));
  }

  @ParameterizedTest
  @EnumSource(PolicyRole.class)
  void whatIsWrittenForARoleIsFine(PolicyRole role) {
    assertThat(PolicyCheck.findings(role.policy(Buckets.defaults()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{'a'}",
        "{'a': tru}",
        "{'Statement': []} x",
        "{'a':1,}",
        "{'Version': 7}",
        "{'Id': 'x', 'Id': 'x'}"
      })
  void whatIsNoPolicyIsInvalid(String text) {
    assertThat(problems(text)).contains(Problem.INVALID).doesNotContain(Problem.PUBLIC);
  }

  @Test
  void whatIsNestedTooDeeplyIsInvalid() {
    assertThat(problems("[".repeat(100_000))).containsExactly(Problem.INVALID);
  }

  private static List<Problem> problems(String text) {
    return PolicyCheck.findings(text.replace('\'', '"')).stream()
        .map(PolicyFinding::problem)
        .toList();
  }

  private static String allow(String principal) {
    return document(statement(principal));
  }

  private static String statement(String principal) {
    return "{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*', " + principal + "}";
  }

  private static String document(String statements) {
    return ("{'Version': '2012-10-17', 'Id': 'a \\u0022quote\\u0022', 'Statement': ["
            + statements
            + "]}")
        .replace('\'', '"');
  }
}
