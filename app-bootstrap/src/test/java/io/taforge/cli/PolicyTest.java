package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taforge.storage.policy.PolicyCheck;
import io.taforge.storage.policy.PolicyFinding;
import io.taforge.storage.policy.PolicyFinding.Problem;
import io.taforge.storage.policy.PolicyRole;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies allow, and what is wrong with others. */
class PolicyTest extends CommandTest {
  /** What used to be recommended for downloads: everybody may, and the condition means nothing. */
  private static final String OLD_RECOMMENDATION =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"AWS": ["*"]},
            "Action": ["s3:GetObject"],
            "Resource": ["arn:aws:s3:::ta-artifacts/*"],
            "Condition": {"StringLike": {"s3:prefix": "tas/*"}}
          }
        ]
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reader | s3:GetObject",
        "uploader | s3:PutObject",
        "lister | s3:ListBucket,s3:GetBucketLocation,s3:ListBucketMultipartUploads",
        "writer | s3:ListBucket,s3:GetBucketLocation,s3:ListBucketMultipartUploads,s3:GetObject,s3:GetObjectTagging,s3:PutObject,"
            + "s3:PutObjectTagging,s3:AbortMultipartUpload,s3:ListMultipartUploadParts",
        "janitor | s3:ListBucket,s3:GetBucketLocation,s3:ListBucketMultipartUploads,"
            + "s3:GetLifecycleConfiguration,s3:PutLifecycleConfiguration,s3:GetObject,"
            + "s3:GetObjectLegalHold,s3:GetObjectRetention,s3:DeleteObject,"
            + "s3:AbortMultipartUpload,s3:GetObject,s3:PutObject,s3:DeleteObject"
      })
  void eachRoleMayDoThisAndNoMore(String role, String actions) throws IOException {
    JsonNode policy = taforge("policy", role).json();

    assertThat(policy.findValues("Action").stream().flatMap(each -> texts(each).stream()))
        .containsExactly(actions.split(","));
    assertThat(policy.get("Version").asText()).isEqualTo("2012-10-17");
    assertThat(policy.findValues("Effect")).allMatch(each -> each.asText().equals("Allow"));
  }

  @Test
  void aPolicyIsAboutTheConfiguredBucketsAndTheKeysOfTheirKinds() throws IOException {
    environment.put("MINIO_BUCKET_TAS", "our-bundles");

    assertThat(texts(taforge("policy", "reader", "--json").json().findValue("Resource")))
        .containsExactly(
            "arn:aws:s3:::log-samples/samples/*",
            "arn:aws:s3:::our-bundles/tas/*",
            "arn:aws:s3:::debug-bundles/debug/*");
    assertThat(texts(taforge("policy", "lister").json().findValue("Resource")))
        .containsExactly(
            "arn:aws:s3:::log-samples", "arn:aws:s3:::our-bundles", "arn:aws:s3:::debug-bundles");
    assertThat(folder).as("nothing is opened").isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(PolicyRole.class)
  void whatIsPrintedIsNeitherPublicNorInvalid(PolicyRole role) {
    input = taforge("policy", role.toString()).bytes();

    assertThat(new String(input, UTF_8)).doesNotContain("Principal");
    Ended check = taforge("policy", "--check", "-");
    assertThat(check.out()).isEqualTo("nothing in it is public or invalid\n");
    assertThat(check.code()).isZero();
  }

  @Test
  void thePolicyThatWasRecommendedOnceIsPublicAndInvalid() throws IOException {
    file("old.json", OLD_RECOMMENDATION);

    Ended check = taforge("policy", "--check", "old.json");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out().lines())
        .containsExactly(
            "public: statement 1: its Principal AWS is everybody",
            "invalid: statement 1: s3:prefix is no condition key of s3:GetObject: some servers"
                + " refuse it, others do not look at it");
    Ended json = taforge("policy", "--check", "old.json", "--json");
    assertThat(json.code()).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(json.bytes());
    assertThat(document.get("ok").asBoolean()).isFalse();
    assertThat(document.findValuesAsText("problem")).containsExactly("public", "invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Principal': '*'",
        "'Principal': {'AWS': '*'}",
        "'Principal': {'AWS': ['arn:aws:iam::1:user/a', '*']}",
        "'Principal': {'CanonicalUser': '*'}",
        "'Principal': {'AWS': 'arn:aws:iam::*:root'}",
        "'NotPrincipal': {'AWS': 'arn:aws:iam::1:user/a'}"
      })
  void everybodyIsPublicHoweverThatIsWritten(String principal) {
    String allow = statement(principal + ", 'Action': 's3:GetObject'");

    assertThat(PolicyCheck.findings(allow))
        .extracting(PolicyFinding::problem)
        .containsExactly(Problem.PUBLIC);
    assertThat(PolicyCheck.findings(allow.replace("Allow", "Deny"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3:GetObject | s3:prefix | false",
        "S3:getobject | S3:Prefix | false",
        "s3:GetObject | s3:max-keys | false",
        "s3:GetObject | s3:delimiter | false",
        "s3:GetObject | s3:x-amz-copy-source | false",
        "s3:ListBucket | s3:locationconstraint | false",
        "s3:Get* | s3:prefix | false",
        "s3:ListBucket | s3:prefix | true",
        "s3:ListBucketVersions | s3:prefix | true",
        "s3:List* | s3:prefix | true",
        "s3:List?ucket | s3:prefix | true",
        "s3:* | s3:prefix | true",
        "* | s3:prefix | true",
        "s3:PutObject | s3:x-amz-copy-source | true",
        "s3:GetObject | aws:SecureTransport | true"
      })
  void aConditionMustBeKnownToItsAction(String action, String key, boolean isKnown) {
    String policy =
        statement(
            "'Action': ['%s'], 'Condition': {'StringEquals': {'%s': 'x'}}".formatted(action, key));

    assertThat(PolicyCheck.findings(policy))
        .extracting(PolicyFinding::problem)
        .isEqualTo(isKnown ? List.of() : List.of(Problem.INVALID));
  }

  @Test
  void aPolicyCannotWriteToTheTerminal() {
    input = statement("'Sid': '\\u001b[2J', 'Action': 'x'").getBytes(UTF_8);

    assertThat(taforge("policy", "--check", "-").out())
        .isEqualTo("invalid: statement \\u001B[2J: 'x' is not an action such as s3:GetObject\n");
  }

  @Test
  void everybodyUnderAConditionIsToldToo() {
    String from = "'Principal': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}}";
    input = statement(from + ", 'Action': 's3:GetObject'").getBytes(UTF_8);

    Ended check = taforge("policy", "--check", "-");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .isEqualTo(
            "conditional: statement 1: its Principal is everybody, under a condition; whether that"
                + " keeps strangers out depends on the server\n");
  }

  @Test
  void oneOfSeveralActionsIsEnough() {
    String policy =
        statement(
            "'Action': ['s3:ListBucket', 's3:GetObject'],"
                + " 'Condition': {'StringLike': {'s3:prefix': 'x'}}");

    assertThat(PolicyCheck.findings(policy))
        .singleElement()
        .extracting(PolicyFinding::detail)
        .asString()
        .contains("of s3:GetObject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        "{'Statement': []}",
        "{'Statement': 'x'}",
        "{'Statement': [null]}",
        "{'Version': '2026-01-01', 'Statement': {'Effect': 'Deny', 'Action': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Deny', 'Action': '*', 'Resource': '*'}} {}",
        "{'Statement': {'Effect': 'allow', 'Action': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Action': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'NotAction': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Action': 7, 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Action': 'GetObject', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'principal': '*', 'Action': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Principal': 'x', 'Action': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Principal': ['*'], 'Action': '*', 'Resource': '*'}}",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': 'x'}}",
        "{'Statement': {'Effect': 'Deny', 'Effect': 'Allow', 'Action': '*', 'Resource': '*'}}"
      })
  void whatIsNoPolicyIsInvalid(String text) {
    assertThat(PolicyCheck.findings(text.replace('\'', '"')))
        .extracting(PolicyFinding::problem)
        .contains(Problem.INVALID)
        .doesNotContain(Problem.PUBLIC);
  }

  @Test
  void eitherARoleOrAPolicyIsNeeded() {
    assertThat(taforge("policy").code()).isEqualTo(2);
    assertRefused(2, "READER, LISTER, WRITER, JANITOR, UPLOADER", "policy", "king");
    assertRefused(2, "--check", "policy", "reader", "--check", "-");
    assertRefused(1, "missing.json cannot be found", "policy", "--check", "missing.json");
    input = new byte[(1 << 20) + 1];
    assertRefused(2, "more than 1 MB", "policy", "--check", "-");
  }

  private static String statement(String elements) {
    return "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Resource': '*', %s}]}"
        .formatted(elements)
        .replace('\'', '"');
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
