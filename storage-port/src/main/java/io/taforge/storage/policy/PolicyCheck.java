package io.taforge.storage.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the statements of a policy, of an identity or of a bucket, that are public or invalid. It
 * knows the conditions that are easily taken for what they are not, not all of them.
 */
public final class PolicyCheck {
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

  private final Problems problems = new Problems();

  private PolicyCheck() {}

  /** What is wrong with a policy in JSON, or with a text that is none; nothing if it is fine. */
  public static List<PolicyFinding> findings(String json) {
    PolicyCheck check = new PolicyCheck();
    try {
      check.policy(JsonText.read(json));
    } catch (IllegalArgumentException e) {
      check.problems.isInvalid("it is not one JSON document: " + e.getMessage());
    }
    return check.problems.all();
  }

  /** What is wrong with a policy of maps, lists and texts, such as {@link PolicyRole} makes. */
  public static List<PolicyFinding> findings(Map<String, Object> policy) {
    PolicyCheck check = new PolicyCheck();
    check.policy(policy);
    return check.problems.all();
  }

  private void policy(Object document) {
    if (!(document instanceof Map<?, ?> entries)) {
      problems.isInvalid("it is not a JSON object");
      return;
    }
    Element policy = new Element(entries);
    policy.onlyHas(ELEMENTS, problems);
    if (policy.has("Version") && !VERSIONS.contains(policy.text("Version", ""))) {
      problems.isInvalid("its Version must be 2012-10-17");
    }
    Object statements = policy.get("Statement");
    if (statements instanceof Map<?, ?>) {
      statement(statements, 1);
    } else if (!(statements instanceof List<?> several) || several.isEmpty()) {
      problems.isInvalid("it has no Statement");
    } else {
      for (int i = 0; i < several.size(); i++) {
        statement(several.get(i), i + 1);
      }
    }
  }

  private void statement(@Nullable Object one, int number) {
    if (one instanceof Map<?, ?> entries) {
      Element statement = new Element(entries);
      problems.in(statement.text("Sid", Integer.toString(number)));
      new StatementCheck(statement, problems).run();
    } else {
      problems.in(Integer.toString(number));
      problems.isInvalid("a statement is a JSON object");
    }
  }
}
