package io.taforge.storage.remote;

import io.taforge.storage.policy.PolicyCheck;
import io.taforge.storage.policy.PolicyFinding;
import io.taforge.storage.policy.PolicyFinding.Problem;
import io.taforge.storage.remote.ObjectServer.AccessList;
import io.taforge.storage.remote.ObjectServer.PublicAccessBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at what was said of who may do what with a bucket. */
final class SettingsInspection {
  private final ObjectServer server;
  private final String bucket;
  private final boolean isAmazon;
  private final Call call;

  SettingsInspection(ObjectServer server, String bucket, boolean isAmazon, Call call) {
    this.server = server;
    this.bucket = bucket;
    this.isAmazon = isAmazon;
    this.call = call;
  }

  void into(Findings findings, Outcome<AccessList> access) {
    findings.told("acl", access, SettingsInspection::access);
    findings.told(
        "policy",
        Outcome.of(() -> server.policy(bucket, call)),
        text -> text.map(SettingsInspection::policy).orElseGet(Verdict::ok));
    findings.told(
        "policy-status",
        Outcome.of(() -> server.policyStatus(bucket, call)),
        isPublic ->
            isPublic.orElse(false)
                ? Verdict.failed("The server says that the bucket is public")
                : Verdict.ok());
    findings.told(
        "public-access-block",
        Outcome.of(() -> server.publicAccessBlock(bucket, call)),
        this::block);
  }

  private static Verdict access(AccessList list) {
    return list.everybody().isEmpty()
        ? Verdict.ok()
        : Verdict.failed("It lets in all of " + list.everybody());
  }

  /** What is invalid, some servers may understand in a way that lets somebody in. */
  private static Verdict policy(String text) {
    List<PolicyFinding> findings = PolicyCheck.findings(text);
    String sentences =
        findings.stream().map(PolicyFinding::sentence).collect(Collectors.joining("; "));
    if (findings.isEmpty()) {
      return Verdict.ok();
    }
    return findings.stream().anyMatch(each -> each.problem() == Problem.PUBLIC)
        ? Verdict.failed(sentences)
        : Verdict.unknown(sentences);
  }

  /** On Amazon S3 it should say all; others may mean something else by it, or not know it. */
  private Verdict block(Optional<PublicAccessBlock> block) {
    if (block.isEmpty()) {
      return Verdict.unknown("There is none");
    }
    List<String> missing = block.get().missing();
    if (missing.isEmpty()) {
      return Verdict.ok();
    }
    String detail = "It does not say " + String.join(", ", missing);
    return isAmazon ? Verdict.failed(detail) : Verdict.unknown(detail);
  }
}
