package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what a listing passes by. */
final class Tally {
  private static final List<Duration> AGES =
      List.of(
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(90),
          Duration.ofDays(365));

  private static final List<ByteSize> SIZES =
      List.of(
          ByteSize.of(0),
          ByteSize.of(1),
          ByteSize.of(1024),
          ByteSize.ofMegabytes(1),
          ByteSize.ofMegabytes(10),
          ByteSize.ofMegabytes(100),
          ByteSize.of((500L << 20) + 1)); // what may be uploaded by default is not larger

  private final RetentionPolicy retention;
  private final Instant now;
  private final Spread<Duration> ages = new Spread<>(AGES);
  private final Spread<ByteSize> sizes = new Spread<>(SIZES);
  private long objects;
  private long bytes;
  private long expiredObjects;
  private long expiredBytes;
  private @Nullable Instant oldest;
  private @Nullable Instant newest;

  Tally(RetentionPolicy retention, Instant now) {
    this.retention = retention;
    this.now = now;
  }

  void add(ArtifactSummary entry) {
    objects++;
    bytes += entry.size();
    Instant at = entry.storedAt();
    oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
    newest = newest == null || at.isAfter(newest) ? at : newest;
    ages.add(Duration.between(at, now), entry.size());
    sizes.add(ByteSize.of(entry.size()), entry.size());
    if (entry.artifact() instanceof LogSample sample && retention.isExpired(sample, at, now)) {
      expiredObjects++;
      expiredBytes += entry.size();
    }
  }

  private StorageStats.OfKind result() {
    return new StorageStats.OfKind(
        objects,
        ByteSize.of(bytes),
        Optional.ofNullable(oldest),
        Optional.ofNullable(newest),
        ages.result(),
        sizes.result());
  }

  /** What all of them have counted. */
  static StorageStats together(
      Instant exactAt,
      Map<ArtifactKind, Tally> tallies,
      Map<ArtifactKind, StorageStats.Debris> debris) {
    Map<ArtifactKind, StorageStats.OfKind> kinds = new EnumMap<>(ArtifactKind.class);
    tallies.forEach((kind, tally) -> kinds.put(kind, tally.result()));
    return new StorageStats(
        exactAt,
        kinds,
        new StorageStats.Amount(
            tallies.values().stream().mapToLong(each -> each.expiredObjects).sum(),
            ByteSize.of(tallies.values().stream().mapToLong(each -> each.expiredBytes).sum())),
        debris);
  }
}
