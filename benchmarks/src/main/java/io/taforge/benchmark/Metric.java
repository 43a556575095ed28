package io.taforge.benchmark;

/** What of a measurement a target is about. */
enum Metric {
  /** How much is done in a second. */
  SPEED("speed", true),
  /** How long it takes. */
  TIME("time", true),
  /** How much of the processors it takes. */
  CPU("CPU", true),
  /** How many bytes are allocated. */
  GARBAGE("garbage", false),
  /** How many megabytes the process had at the most. */
  RSS("RSS", false);

  private final String title;
  private final boolean isByRounds;

  Metric(String title, boolean isByRounds) {
    this.title = title;
    this.isByRounds = isByRounds;
  }

  String title() {
    return title;
  }

  /** Whether it is known of each round, and so compared round by round. */
  boolean isByRounds() {
    return isByRounds;
  }

  /** Its value in one round. */
  double of(Round round) {
    return switch (this) {
      case SPEED -> round.operationsPerSecond();
      case TIME -> 1 / round.operationsPerSecond();
      case CPU -> round.cpuSeconds();
      case GARBAGE, RSS -> throw new IllegalArgumentException(this + " is not known of a round");
    };
  }

  /** Its value over all rounds. */
  double of(Measurement measurement) {
    return switch (this) {
      case SPEED, TIME, CPU -> Medians.of(measurement.rounds().stream().map(this::of).toList());
      case GARBAGE -> measurement.allocatedBytes();
      case RSS -> measurement.peakMegabytes();
    };
  }
}
