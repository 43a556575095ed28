package io.taforge.adapter.filesystem;

import io.taforge.storage.Buckets;
import io.taforge.storage.Masked;
import io.taforge.storage.link.LinkAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Where and how a {@link FilesystemArtifactStore} keeps its artifacts.
 *
 * @param location path of the root folder, or a Commons VFS URI such as {@code ram:///artifacts}
 * @param buckets the folders below the root
 * @param durability how much is done against a power cut
 * @param clock stamps the artifacts
 * @param linkEndpoint where signed links lead, such as {@code https://files.example.com}: the
 *     address under which strangers reach the link server; empty for where one has served last
 */
public record FilesystemSettings(
    String location,
    Buckets buckets,
    Durability durability,
    Clock clock,
    Optional<URI> linkEndpoint) {
  /** How much is done against a power cut. A crash of the process alone never loses anything. */
  public enum Durability {
    /** What put has returned for is on the disk. */
    FULL,
    /** The operating system writes when it likes; for tests. */
    NONE
  }

  /**
   * Checks where links lead.
   *
   * @throws IllegalArgumentException if they cannot lead there; see {@link LinkAuthority#checked}
   */
  public FilesystemSettings {
    linkEndpoint.ifPresent(LinkAuthority::checked);
  }

  /** In this folder, with the default buckets and full durability. */
  public static FilesystemSettings at(Path root) {
    return at(root.toAbsolutePath().toString());
  }

  /** At this path or Commons VFS URI, with the default buckets and full durability. */
  public static FilesystemSettings at(String location) {
    return new FilesystemSettings(
        location, Buckets.defaults(), Durability.FULL, Clock.systemUTC(), Optional.empty());
  }

  /** With these buckets. */
  public FilesystemSettings withBuckets(Buckets others) {
    return new FilesystemSettings(location, others, durability, clock, linkEndpoint);
  }

  /** With this durability. */
  public FilesystemSettings withDurability(Durability other) {
    return new FilesystemSettings(location, buckets, other, clock, linkEndpoint);
  }

  /** With this clock. */
  public FilesystemSettings withClock(Clock other) {
    return new FilesystemSettings(location, buckets, durability, other, linkEndpoint);
  }

  /**
   * With links that lead there.
   *
   * @throws IllegalArgumentException if links cannot; see {@link LinkAuthority#checked}
   */
  public FilesystemSettings withLinkEndpoint(URI endpoint) {
    return new FilesystemSettings(location, buckets, durability, clock, Optional.of(endpoint));
  }

  /** Without the password that a location may have in it. */
  @Override
  public String toString() {
    return "FilesystemSettings[location="
        + Masked.location(location)
        + ", buckets="
        + buckets
        + ", durability="
        + durability
        + ", clock="
        + clock
        + ", linkEndpoint="
        + linkEndpoint
        + "]";
  }
}
