package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much is stored.
 *
 * @param kinds for each kind, in their order; unmodifiable
 */
public record StorageStats(Map<ArtifactKind, OfKind> kinds) {
  /**
   * How much is stored of one kind.
   *
   * @param objects how many artifacts
   * @param size how many bytes they have together; its text is for people
   * @param oldest when the oldest was stored; empty if there is none
   * @param newest when the newest was stored; empty if there is none
   */
  public record OfKind(
      long objects, ByteSize size, Optional<Instant> oldest, Optional<Instant> newest) {}

  /** Keeps a copy. */
  public StorageStats {
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
  }

  /** How much is stored of this kind. */
  public OfKind of(ArtifactKind kind) {
    OfKind found = kinds.get(kind);
    if (found == null) {
      throw new IllegalStateException(
          "Statistics are made of all kinds; there are none of " + kind);
    }
    return found;
  }

  /** How many artifacts there are of all kinds. */
  public long objects() {
    return kinds.values().stream().mapToLong(OfKind::objects).sum();
  }

  /** How many bytes all artifacts have together. */
  public ByteSize size() {
    return ByteSize.of(kinds.values().stream().mapToLong(each -> each.size().bytes()).sum());
  }
}
