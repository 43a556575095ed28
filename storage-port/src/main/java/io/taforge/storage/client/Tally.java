package io.taforge.storage.client;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.ArtifactSummary;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what a listing passes by. */
final class Tally {
  private long objects;
  private long bytes;
  private @Nullable Instant oldest;
  private @Nullable Instant newest;

  void add(ArtifactSummary entry) {
    objects++;
    bytes += entry.size();
    Instant at = entry.storedAt();
    oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
    newest = newest == null || at.isAfter(newest) ? at : newest;
  }

  StorageStats.OfKind result() {
    return new StorageStats.OfKind(
        objects, ByteSize.of(bytes), Optional.ofNullable(oldest), Optional.ofNullable(newest));
  }
}
