package io.taforge.benchmark.server;

import java.time.Duration;

/**
 * How far away the server pretends to be.
 *
 * @param delayNanos how long it thinks about each request
 * @param bytesPerSecond how much passes in each direction of a connection; 0 for no limit
 */
public record ServerPlan(long delayNanos, long bytesPerSecond) {
  /** As fast as it can. */
  public static final ServerPlan FAST = new ServerPlan(0, 0);

  /** With this delay of each request. */
  public static ServerPlan delayed(Duration delay) {
    return new ServerPlan(delay.toNanos(), 0);
  }

  /** On a link of so many bytes a second for each connection. */
  public static ServerPlan linked(long bytesPerSecond) {
    return new ServerPlan(0, bytesPerSecond);
  }
}
