package io.taforge.storage.contract;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;

/** A lease that may not get renewed. */
record FaultyLease(Lease inner, FaultyCalls calls, FailureContext context) implements Lease {
  @Override
  public void renew() {
    calls.make(
        context,
        () -> {
          inner.renew();
          return inner;
        });
  }

  @Override
  public void close() {
    inner.close();
  }
}
