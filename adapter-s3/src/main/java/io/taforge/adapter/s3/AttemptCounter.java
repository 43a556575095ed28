package io.taforge.adapter.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Counts how often the SDK tries a request; its exceptions do not always tell. The blocking client
 * does all of that in the thread that has asked.
 */
final class AttemptCounter implements ExecutionInterceptor {
  private static final ThreadLocal<Integer> COUNT = ThreadLocal.withInitial(() -> 0);

  /** The thread is about to ask. */
  static void reset() {
    COUNT.remove();
  }

  /** How often the thread's last request was tried; 0 if its client does not count. */
  static int count() {
    return COUNT.get();
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    COUNT.set(COUNT.get() + 1);
  }
}
