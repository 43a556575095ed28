package io.taforge.storage.remote;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.FailureContext;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How content goes to a server and comes from it.
 *
 * @param parts when content goes up in parts, and how large they are
 * @param partsAtOnce how many parts of one upload are under way at a time, how many ranges of one
 *     download to a file if it comes slowly on one connection, and how many requests of one listing
 *     or deletion, 1 to 64; of a long listing twice as many pages, up to 16, are under way or kept
 *     until they are wanted
 * @param spoolFolder where content of unknown length is kept until it is known and sent
 * @param attempts how often a request is tried in all, 1 to 10
 * @param patience how long a server may take to answer, or to send or take one more byte
 * @param leastThroughput how many bytes a second a transfer must make once it has taken longer than
 *     {@code patience}; no time-out of an SDK ends a trickle
 * @param deadline how long one transfer may take in all, retries included
 */
public record TransferSettings(
    PartPlan parts,
    int partsAtOnce,
    Path spoolFolder,
    int attempts,
    Duration patience,
    ByteSize leastThroughput,
    Duration deadline) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is exceeded
   */
  public TransferSettings {
    check(partsAtOnce >= 1 && partsAtOnce <= 64, partsAtOnce, "number of parts at once", "1 to 64");
    check(attempts >= 1 && attempts <= 10, attempts, "number of attempts", "1 to 10");
    check(isPositive(patience), patience, "patience", "more than nothing");
    check(isPositive(deadline), deadline, "deadline", "more than nothing");
  }

  /**
   * Four parts of 5 MiB at once, spooled in the folder for temporary files; 3 attempts, 60 seconds
   * of patience, 1 KiB a second and 4 hours.
   */
  public static TransferSettings defaults() {
    return new TransferSettings(
        PartPlan.defaults(),
        4,
        Path.of(System.getProperty("java.io.tmpdir")),
        3,
        Duration.ofSeconds(60),
        ByteSize.of(1024),
        Duration.ofHours(4));
  }

  /** With these parts. */
  public TransferSettings withParts(PartPlan plan, int atOnce) {
    return new TransferSettings(
        plan, atOnce, spoolFolder, attempts, patience, leastThroughput, deadline);
  }

  /** With this folder for what must be spooled. */
  public TransferSettings withSpoolFolder(Path folder) {
    return new TransferSettings(
        parts, partsAtOnce, folder, attempts, patience, leastThroughput, deadline);
  }

  /** With so many attempts in all, and so much patience with each. */
  public TransferSettings withAttempts(int count, Duration time) {
    return new TransferSettings(
        parts, partsAtOnce, spoolFolder, count, time, leastThroughput, deadline);
  }

  /** With this limit on the time in all, and this least throughput. */
  public TransferSettings within(Duration time, ByteSize bytesPerSecond) {
    return new TransferSettings(
        parts, partsAtOnce, spoolFolder, attempts, patience, bytesPerSecond, time);
  }

  /** How long one attempt to transfer so many bytes may take. */
  public Duration timeFor(long bytes) {
    Duration slowest =
        leastThroughput.bytes() == 0
            ? deadline
            : Duration.ofMillis((long) (bytes * 1000.0 / leastThroughput.bytes()));
    Duration time = patience.plus(slowest);
    return time.compareTo(deadline) < 0 ? time : deadline;
  }

  /** A request that moves nothing to speak of. */
  Call call(FailureContext context) {
    // Duration.multipliedBy takes a thousand times as long
    Duration inAll =
        Duration.ofSeconds(
            attempts * (patience.getSeconds() + 2), (long) attempts * patience.getNano());
    return new Call(context, patience, inAll);
  }

  /** A request that moves so many bytes, until this deadline. */
  Call call(FailureContext context, long bytes, Deadline until) {
    Duration left = until.remaining(context);
    Duration one = timeFor(bytes);
    return new Call(context, one.compareTo(left) < 0 ? one : left, left);
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static void check(boolean isAllowed, Object value, String what, String allowed) {
    if (!isAllowed) {
      throw new IllegalArgumentException(
          value + " is not a " + what + ": " + allowed + " is allowed");
    }
  }
}
