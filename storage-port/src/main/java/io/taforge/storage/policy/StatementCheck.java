package io.taforge.storage.policy;

import static io.taforge.artifact.Quoted.line;
import static io.taforge.artifact.Quoted.quoted;

import io.taforge.storage.policy.PolicyFinding.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at one statement of a policy. */
final class StatementCheck {
  private static final Set<String> ELEMENTS =
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
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "CanonicalUser", "Federated", "Service");
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
  private static final String NO_PRINCIPAL =
      "its Principal must be an object such as {\"AWS\": \"arn:aws:iam::…\"}";

  private final Element statement;
  private final Problems problems;
  private final boolean isAllowed;

  StatementCheck(Element statement, Problems problems) {
    this.statement = statement;
    this.problems = problems;
    this.isAllowed = statement.text("Effect", "").equals("Allow");
  }

  void run() {
    statement.onlyHas(ELEMENTS, problems);
    if (!isAllowed && !statement.text("Effect", "").equals("Deny")) {
      problems.isInvalid("its Effect must be Allow or Deny");
    }
    principals();
    hasOneOf("Action", "NotAction");
    hasOneOf("Resource", "NotResource");
    List<String> actions = statement.texts("Action", problems);
    statement.texts("NotAction", problems);
    statement.texts("Resource", problems);
    statement.texts("NotResource", problems);
    actions.stream()
        .filter(each -> !ACTION.matcher(each).matches())
        .forEach(
            each -> problems.isInvalid(quoted(each) + " is not an action such as s3:GetObject"));
    conditions(actions);
  }

  private void principals() {
    if (statement.has("NotPrincipal") && isAllowed) {
      isPublic("all but its NotPrincipal may do it, and so may everybody");
    }
    Object principal = statement.get("Principal");
    if (principal instanceof Map<?, ?> kinds) {
      Element named = new Element(kinds);
      named.onlyHas(PRINCIPALS, problems);
      named
          .names()
          .forEach(name -> named.texts(name, problems).forEach(each -> principal(name, each)));
    } else if ("*".equals(principal)) {
      if (isAllowed) {
        isPublic("its Principal is everybody");
      }
    } else if (statement.has("Principal")) {
      problems.isInvalid(NO_PRINCIPAL);
    }
  }

  private void principal(String name, String who) {
    if (isAllowed && who.equals("*")) {
      isPublic("its Principal " + name + " is everybody");
    } else if (isAllowed && who.contains("*")) {
      isPublic("its Principal " + name + " is a pattern, which anybody may fit");
    }
  }

  private void isPublic(String detail) {
    boolean isNarrowed =
        statement.get("Condition") instanceof Map<?, ?> conditions
            && ConditionKeys.narrow(conditions);
    if (isNarrowed) {
      problems.add(
          Problem.CONDITIONAL,
          detail + ", under a condition; whether that keeps strangers out depends on the server");
    } else {
      problems.add(Problem.PUBLIC, detail);
    }
  }

  private void conditions(List<String> actions) {
    if (!statement.has("Condition")) {
      return;
    }
    if (!(statement.get("Condition") instanceof Map<?, ?> conditions)) {
      problems.isInvalid("its Condition must be an object");
      return;
    }
    for (Object operator : conditions.values()) {
      if (operator instanceof Map<?, ?> keys) {
        new Element(keys).names().forEach(key -> actions.forEach(each -> knows(each, key)));
      } else {
        problems.isInvalid("each operator of its Condition must be an object");
      }
    }
  }

  private void knows(String action, String key) {
    if (ConditionKeys.isStrangeTo(action, key)) {
      problems.isInvalid(
          line(key)
              + " is no condition key of "
              + line(action)
              + ": some servers refuse it, others do not look at it");
    }
  }

  private void hasOneOf(String name, String other) {
    if (statement.has(name) == statement.has(other)) {
      problems.isInvalid("it must have either " + name + " or " + other);
    }
  }
}
