package io.taforge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taforge.cli.PolicyFinding.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the statements of a policy, of an identity or of a bucket, that are public or invalid. It
 * knows the conditions that are easily taken for what they are not, not all of them.
 */
final class PolicyCheck {
  private static final Set<String> ELEMENTS_OF_POLICY = Set.of("Version", "Id", "Statement");
  private static final Set<String> ELEMENTS_OF_STATEMENT =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "CanonicalUser", "Federated", "Service");
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");

  /** Which actions know these conditions; all in lower case, as servers do not mind the case. */
  private static final Map<String, Set<String>> KNOWN_BY =
      Map.of(
          "s3:prefix", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:delimiter", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:max-keys", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:locationconstraint", Set.of("s3:createbucket"),
          "s3:x-amz-copy-source", Set.of("s3:putobject"),
          "s3:x-amz-metadata-directive", Set.of("s3:putobject"));

  private final List<PolicyFinding> findings = new ArrayList<>();
  private String statement = "";

  private PolicyCheck() {}

  /** What is wrong with the policy; nothing if it is fine. */
  static List<PolicyFinding> findings(String policy) {
    PolicyCheck check = new PolicyCheck();
    try {
      check.policy(
          JsonMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(policy));
    } catch (JsonProcessingException e) {
      check.isInvalid("it is not one JSON document: " + e.getOriginalMessage());
    }
    return List.copyOf(check.findings);
  }

  private void policy(JsonNode policy) {
    if (!policy.isObject()) {
      isInvalid("it is not a JSON object");
      return;
    }
    onlyHas(policy, ELEMENTS_OF_POLICY);
    if (!VERSIONS.contains(policy.path("Version").asText("2008-10-17"))) {
      isInvalid("its Version must be 2012-10-17");
    }
    JsonNode statements = policy.path("Statement");
    if (statements.isObject()) {
      statement(statements, 1);
    } else if (!statements.isArray() || statements.isEmpty()) {
      isInvalid("it has no Statement");
    } else {
      for (int i = 0; i < statements.size(); i++) {
        statement(statements.get(i), i + 1);
      }
    }
  }

  private void statement(JsonNode one, int number) {
    statement = one.path("Sid").asText(Integer.toString(number));
    if (!one.isObject()) {
      isInvalid("a statement is a JSON object");
      return;
    }
    onlyHas(one, ELEMENTS_OF_STATEMENT);
    String effect = one.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      isInvalid("its Effect must be Allow or Deny");
    }
    principals(one, effect.equals("Allow"));
    hasOneOf(one, "Action", "NotAction");
    hasOneOf(one, "Resource", "NotResource");
    List<String> actions = texts(one, "Action");
    texts(one, "NotAction");
    texts(one, "Resource");
    texts(one, "NotResource");
    actions.stream()
        .filter(each -> !ACTION.matcher(each).matches())
        .forEach(each -> isInvalid("'" + each + "' is not an action such as s3:GetObject"));
    conditions(one.path("Condition"), actions);
  }

  private void principals(JsonNode one, boolean isAllowed) {
    if (one.has("NotPrincipal") && isAllowed) {
      isPublic("all but its NotPrincipal may do it, and so may everybody");
    }
    JsonNode principal = one.path("Principal");
    if (principal.isTextual()) {
      if (!principal.asText().equals("*")) {
        isInvalid("its Principal must be an object such as {\"AWS\": \"arn:aws:iam::…\"}");
      } else if (isAllowed) {
        isPublic("its Principal is everybody");
      }
    } else if (principal.isObject()) {
      onlyHas(principal, PRINCIPALS);
      principal
          .fieldNames()
          .forEachRemaining(
              name -> texts(principal, name).forEach(each -> principal(name, each, isAllowed)));
    } else if (one.has("Principal")) {
      isInvalid("its Principal must be an object such as {\"AWS\": \"arn:aws:iam::…\"}");
    }
  }

  private void principal(String name, String who, boolean isAllowed) {
    if (isAllowed && who.equals("*")) {
      isPublic("its Principal " + name + " is everybody");
    } else if (isAllowed && who.contains("*")) {
      isPublic("its Principal " + name + " is a pattern, which anybody may fit");
    }
  }

  private void conditions(JsonNode conditions, List<String> actions) {
    if (!conditions.isMissingNode() && !conditions.isObject()) {
      isInvalid("its Condition must be an object");
      return;
    }
    conditions.forEach(
        operator -> {
          if (!operator.isObject()) {
            isInvalid("each operator of its Condition must be an object");
          }
          operator
              .fieldNames()
              .forEachRemaining(key -> actions.forEach(action -> knows(action, key)));
        });
  }

  private void knows(String action, String key) {
    Set<String> knowing = KNOWN_BY.get(key.toLowerCase(Locale.ROOT));
    if (knowing != null && knowing.stream().noneMatch(each -> fits(each, action))) {
      isInvalid(
          key
              + " is no condition key of "
              + action
              + ": some servers refuse it, others do not look at it");
    }
  }

  private static boolean fits(String action, String pattern) {
    return Pattern.matches(
        pattern
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .mapToObj(
                each ->
                    switch (each) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(each));
                    })
            .collect(Collectors.joining()),
        action);
  }

  private void hasOneOf(JsonNode one, String name, String other) {
    if (one.has(name) == one.has(other)) {
      isInvalid("it must have either " + name + " or " + other);
    }
  }

  private void onlyHas(JsonNode object, Set<String> names) {
    Consumer<String> check =
        name -> {
          if (!names.contains(name)) {
            isInvalid("'" + name + "' is not one of " + names.stream().sorted().toList());
          }
        };
    object.fieldNames().forEachRemaining(check);
  }

  /** A text, or a list of them. */
  private List<String> texts(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    (value.isArray() ? value : List.of(value))
        .forEach(
            each -> {
              if (each.isTextual()) {
                texts.add(each.asText());
              } else {
                isInvalid("its " + name + " must be a text or a list of texts");
              }
            });
    return texts;
  }

  private void isPublic(String detail) {
    findings.add(new PolicyFinding(statement, Problem.PUBLIC, detail));
  }

  private void isInvalid(String detail) {
    findings.add(new PolicyFinding(statement, Problem.INVALID, detail));
  }
}
