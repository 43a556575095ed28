package io.taforge.benchmark;

import io.taforge.benchmark.server.ServerPlan;
import java.time.Duration;
import java.util.Optional;

/** On what a workload is done. */
enum Place {
  /** No server at all. */
  FOLDER("a folder", Optional.empty()),
  /** The null server. */
  NULL_SERVER("null server", Optional.of(ServerPlan.FAST)),
  /** The null server, which thinks for 20 ms about each request. */
  SLOW_SERVER(
      "null server, 20 ms a request", Optional.of(ServerPlan.delayed(Duration.ofMillis(20)))),
  /** The null server behind a link of 100 MB/s for each connection. */
  NARROW_LINK("null server, 100 MB/s a connection", Optional.of(ServerPlan.linked(100_000_000))),
  /** Ceph over HTTP. */
  CEPH("Ceph", Optional.empty()),
  /** Ceph over HTTPS. */
  CEPH_TLS("Ceph, HTTPS", Optional.empty());

  private final String title;
  private final Optional<ServerPlan> plan;

  Place(String title, Optional<ServerPlan> plan) {
    this.title = title;
    this.plan = plan;
  }

  String title() {
    return title;
  }

  /** The null server that it takes; empty for none. */
  Optional<ServerPlan> plan() {
    return plan;
  }

  boolean isCeph() {
    return this == CEPH || this == CEPH_TLS;
  }
}
