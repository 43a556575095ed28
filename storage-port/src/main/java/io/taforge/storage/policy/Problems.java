package io.taforge.storage.policy;

import io.taforge.storage.policy.PolicyFinding.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a policy, statement by statement. */
final class Problems {
  private final List<PolicyFinding> findings = new ArrayList<>();
  private String statement = "";

  /** What is found from now on is about this statement. */
  void in(String name) {
    statement = name;
  }

  void add(Problem problem, String detail) {
    findings.add(new PolicyFinding(statement, problem, detail));
  }

  void isInvalid(String detail) {
    add(Problem.INVALID, detail);
  }

  List<PolicyFinding> all() {
    return List.copyOf(findings);
  }
}
