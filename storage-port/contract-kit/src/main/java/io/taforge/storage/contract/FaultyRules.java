package io.taforge.storage.contract;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import io.taforge.storage.FailureContext;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.NativeRetentionState;
import io.taforge.storage.NativeRule;
import io.taforge.storage.Operation;
import java.util.Optional;

/** A backend's own rules, when they cannot be read or changed. */
record FaultyRules(NativeRetention inner, FaultyCalls calls, Buckets buckets)
    implements NativeRetention {
  @Override
  public Optional<NativeRule> rule(RetentionPolicy policy) {
    return inner.rule(policy);
  }

  @Override
  public NativeRetentionState compare(RetentionPolicy policy) {
    return calls.make(context(Operation.READ_RULES), () -> inner.compare(policy));
  }

  @Override
  public NativeRetentionState apply(RetentionPolicy policy) {
    return calls.make(context(Operation.CHANGE_RULES), () -> inner.apply(policy));
  }

  private FailureContext context(Operation operation) {
    return FailureContext.of(operation, buckets, ArtifactKind.LOG_SAMPLE);
  }
}
