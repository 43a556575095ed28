package io.taforge.storage.client;

import io.taforge.artifact.LogSample;
import io.taforge.storage.Leftover;
import io.taforge.storage.VersionToken;
import io.taforge.storage.client.StorageStats.Amount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a cleanup would remove, and nothing has been removed yet. It lies in a file, so it takes no
 * memory however long it is, and can be looked at, kept, and applied another day by another
 * process: a line of text with tabs for each thing to remove, in order of the keys.
 *
 * <p>A plan that is not complete, because whoever made it came to no end, is no plan and cannot be
 * read.
 */
public final class CleanupPlan implements AutoCloseable {
  private final Path file;
  private final boolean isTemporary;
  private final Head head;
  private final Totals totals;

  private CleanupPlan(Path file, boolean isTemporary, Head head, Totals totals) {
    this.file = file;
    this.isTemporary = isTemporary;
    this.head = head;
    this.totals = totals;
  }

  /** Something that is to be removed, or stays because not enough is known of it. */
  public sealed interface Entry {}

  /**
   * A log sample that has outlived its period, and is not held.
   *
   * @param sample which one
   * @param size how many bytes its content has
   * @param storedAt when it was stored; if that has changed, it stays
   * @param version what it was; if that has changed, it stays
   */
  public record ExpiredSample(LogSample sample, long size, Instant storedAt, VersionToken version)
      implements Entry {}

  /**
   * What a writer has left behind.
   *
   * @param leftover which
   */
  public record Debris(Leftover leftover) implements Entry {}

  /**
   * A log sample that has expired, but it could not be found out whether it is held.
   *
   * @param sample which one, and it stays
   * @param reason why that could not be found out
   */
  public record Unclear(LogSample sample, CleanupReport.Failure reason) implements Entry {}

  /**
   * What the plan was made with.
   *
   * @param cleanup what was to be cleaned up
   * @param bucket that of the log samples
   * @param now when it was made, by the clock that ages were told by
   * @param backendTime what the backend's clock said then; empty if it has none of its own
   */
  public record Head(Cleanup cleanup, String bucket, Instant now, Optional<Instant> backendTime) {
    /** By how much this machine's clock is ahead of the backend's; zero if there is none. */
    public Duration skew() {
      return backendTime.map(time -> Duration.between(time, now)).orElse(Duration.ZERO);
    }
  }

  /**
   * What was counted while it was made.
   *
   * @param scanned all log samples
   * @param expired those that are older than the period
   * @param planned those of them that are to be removed
   * @param newest those of them that stay as the newest of their request
   * @param held those of them that stay because they are held
   * @param unclear those of them that stay because that could not be found out
   * @param leftovers what writers have left behind, and is to be removed
   * @param requests how often the store was asked: pages of 1,000, and look-ups
   */
  public record Totals(
      Amount scanned,
      Amount expired,
      Amount planned,
      Amount newest,
      Amount held,
      Amount unclear,
      Amount leftovers,
      long requests) {
    static final Totals NONE =
        new Totals(
            Amount.NONE,
            Amount.NONE,
            Amount.NONE,
            Amount.NONE,
            Amount.NONE,
            Amount.NONE,
            Amount.NONE,
            0);
  }

  static CleanupPlan of(Path file, boolean isTemporary, Head head, Totals totals) {
    return new CleanupPlan(file, isTemporary, head, totals);
  }

  /**
   * The plan in a file; every line of it is looked at.
   *
   * @throws IllegalArgumentException if that is no complete plan; the message says which line is
   *     not as it should be
   * @throws IOException if the file cannot be read
   */
  public static CleanupPlan read(Path file) throws IOException {
    return PlanReader.read(file);
  }

  /** Where it lies. */
  public Path file() {
    return file;
  }

  /** What it was made with. */
  public Head head() {
    return head;
  }

  /** What was counted while it was made. */
  public Totals totals() {
    return totals;
  }

  /**
   * Reads all of it, in the order of the keys.
   *
   * @throws UncheckedIOException if the file cannot be read any more
   */
  public void forEach(Consumer<Entry> action) {
    try {
      PlanReader.forEach(file, action);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the plan " + file, e);
    }
  }

  /** Removes the file, unless the caller has said where it is to lie. */
  @Override
  public void close() {
    if (isTemporary) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot remove " + file, e);
      }
    }
  }
}
