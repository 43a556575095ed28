package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is found about one bucket, aspect by aspect. */
final class Findings {
  private final ArtifactKind kind;
  private final String bucket;
  private final List<BucketCheck> checks = new ArrayList<>();

  Findings(ArtifactKind kind, String bucket) {
    this.kind = kind;
    this.bucket = bucket;
  }

  void add(String aspect, Verdict verdict) {
    checks.add(new BucketCheck(kind, bucket, aspect, verdict.status(), verdict.detail().strip()));
  }

  /** What the answer says; without one it is unknown. */
  <T> void told(String aspect, Outcome<T> outcome, Function<T, Verdict> reading) {
    add(aspect, outcome.answer().map(reading).orElseGet(() -> Verdict.unknown(outcome.reason())));
  }

  /** What the answer says; without one it has failed. */
  <T> void needed(String aspect, Outcome<T> outcome, Function<T, Verdict> reading) {
    add(aspect, outcome.answer().map(reading).orElseGet(() -> Verdict.failed(outcome.reason())));
  }

  /** All of these are unknown for one reason. */
  void unknown(List<String> aspects, String reason) {
    aspects.forEach(each -> add(each, Verdict.unknown(reason)));
  }

  List<BucketCheck> all() {
    return List.copyOf(checks);
  }
}
