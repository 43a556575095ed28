package io.taforge.testbed;

import io.taforge.storage.contract.Faults;
import java.time.Duration;

/**
 * What the contract kit injects, on the way through a proxy.
 *
 * @param proxy the adapter's way to the server
 * @param patience after what time the adapter gives up on a server that does not answer
 */
record NetworkFaults(FaultProxy proxy, Duration patience) implements Faults {
  @Override
  public void throttleNext(int attempts) {
    proxy.inject(Fault.slowDown(), attempts);
  }

  @Override
  public void stallNext() {
    proxy.inject(Fault.silence());
  }

  @Override
  public void heal() {
    proxy.heal();
  }
}
