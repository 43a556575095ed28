package io.taforge.adapter.filesystem;

import io.taforge.storage.Buckets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Where and how a {@link FilesystemArtifactStore} keeps its artifacts.
 *
 * @param location path of the root folder, or a Commons VFS URI such as {@code ram:///artifacts}
 * @param buckets the folders below the root
 * @param durability how much is done against a power cut
 * @param clock stamps the artifacts
 */
public record FilesystemSettings(
    String location, Buckets buckets, Durability durability, Clock clock) {
  /** How much is done against a power cut. A crash of the process alone never loses anything. */
  public enum Durability {
    /** What put has returned for is on the disk. */
    FULL,
    /** The operating system writes when it likes; for tests. */
    NONE
  }

  /** In this folder, with the default buckets and full durability. */
  public static FilesystemSettings at(Path root) {
    return at(root.toAbsolutePath().toString());
  }

  /** At this path or Commons VFS URI, with the default buckets and full durability. */
  public static FilesystemSettings at(String location) {
    return new FilesystemSettings(location, Buckets.defaults(), Durability.FULL, Clock.systemUTC());
  }

  /** With these buckets. */
  public FilesystemSettings withBuckets(Buckets others) {
    return new FilesystemSettings(location, others, durability, clock);
  }

  /** With this durability. */
  public FilesystemSettings withDurability(Durability other) {
    return new FilesystemSettings(location, buckets, other, clock);
  }

  /** With this clock. */
  public FilesystemSettings withClock(Clock other) {
    return new FilesystemSettings(location, buckets, durability, other);
  }
}
