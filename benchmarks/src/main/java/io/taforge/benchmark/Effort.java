package io.taforge.benchmark;

import java.util.Locale;
import java.util.Set;

/** How long a run takes, and so how much its numbers are worth. */
enum Effort {
  /** About a minute, to see in CI whether something has become much slower. */
  SMOKE(0, 1, 2500, 3, 700, 64L << 20, 10_000, Set.of("P1", "P2", "P4", "P9", "P11", "P13")),
  /** Under ten minutes, with those contestants only that a target names. */
  SHORT(0, 2, 1500, 3, 700, 200L << 20, 100_000, Set.of()),
  /** More than an hour, with everybody. */
  FULL(7000, 3, 1500, 5, 800, 500L << 20, 1_000_000, Set.of());

  private final int settleMillis;
  private final int warmups;
  private final int warmupMillis;
  private final int rounds;
  private final int millis;
  private final long bigFile;
  private final int mostObjects;
  private final Set<String> rows;

  Effort(
      int settleMillis,
      int warmups,
      int warmupMillis,
      int rounds,
      int millis,
      long bigFile,
      int mostObjects,
      Set<String> rows) {
    this.settleMillis = settleMillis;
    this.warmups = warmups;
    this.warmupMillis = warmupMillis;
    this.rounds = rounds;
    this.millis = millis;
    this.bigFile = bigFile;
    this.mostObjects = mostObjects;
    this.rows = rows;
  }

  static Effort of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * How long a contestant does small things in two threads before it warms up: sixteen leave the
   * compiler so little of two processors that it is not done after half a minute.
   */
  int settleMillis(Quantity quantity) {
    return quantity.isOfOne() ? settleMillis : 0;
  }

  /** How often each contestant warms up. */
  int warmups() {
    return warmups;
  }

  /** How long each time, at least: a JVM has to compile what it runs often. */
  int warmupMillis() {
    return warmupMillis;
  }

  /** How often each contestant is measured. */
  int rounds() {
    return rounds;
  }

  /** How long one round of one contestant takes, at least. */
  int millis() {
    return millis;
  }

  /** How many bytes a large object has. */
  long bigFile() {
    return bigFile;
  }

  /** The same on Ceph, which keeps what it gets in memory. */
  static long onCeph(long bigFile) {
    return Math.min(bigFile, 100L << 20);
  }

  /** With how many objects growth is measured, at most. */
  int mostObjects() {
    return mostObjects;
  }

  /** Whether it takes only those contestants that a target names. */
  boolean isForTargets() {
    return this != FULL;
  }

  /** Whether it takes the first workload of each row only, unless rows are named. */
  boolean isHasty() {
    return this == SMOKE;
  }

  boolean takes(String row) {
    return rows.isEmpty() || rows.contains(row);
  }
}
