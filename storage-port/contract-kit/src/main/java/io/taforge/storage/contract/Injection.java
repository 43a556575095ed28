package io.taforge.storage.contract;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;

/**
 * Something that a {@link FaultyArtifactStore} has done to a call.
 *
 * @param call which one of this operation, counted from 1
 * @param context what it was to do
 * @param fault what was done to it
 */
public record Injection(long call, FailureContext context, StoreFault fault) {
  /** What was called. */
  public Operation operation() {
    return context.operation();
  }

  /** In one line. */
  @Override
  public String toString() {
    return operation().name()
        + " "
        + call
        + " "
        + context.bucket().orElse("")
        + context.key().map(key -> "/" + key).orElse("")
        + ": "
        + fault;
  }
}
