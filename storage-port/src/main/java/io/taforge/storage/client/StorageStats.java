package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much is stored, how old and how large it is, and how much of it has expired.
 *
 * @param exactAt when the pass through the listings began; ages are those of this moment, and what
 *     has come or gone since may be in here or not
 * @param kinds for each kind, in their order; unmodifiable
 * @param expired the log samples that were older then than their retention period, and so what a
 *     cleanup would have removed at the most: that a sample is held back is told by its metadata,
 *     which no listing has
 * @param debris for each kind what is left of writes that did not come to an end, or are under way
 *     just now; none for a kind of which the backend does not tell, or not to this user.
 *     Unmodifiable
 */
public record StorageStats(
    Instant exactAt,
    Map<ArtifactKind, OfKind> kinds,
    Amount expired,
    Map<ArtifactKind, Debris> debris) {
  /**
   * So many artifacts of so many bytes.
   *
   * @param objects how many artifacts
   * @param size how many bytes they have together; its text is for people
   */
  public record Amount(long objects, ByteSize size) {
    /** Nothing. */
    public static final Amount NONE = new Amount(0, ByteSize.of(0));

    Amount plus(long bytes) {
      return new Amount(objects + 1, ByteSize.of(size.bytes() + bytes));
    }
  }

  /**
   * How much there is between two bounds.
   *
   * @param <T> what is measured
   * @param from the least that counts; what lies before the first band counts for that, too
   * @param below the least that counts no more; empty if there is no bound
   * @param amount how much there is
   */
  public record Band<T>(T from, Optional<T> below, Amount amount) {}

  /**
   * How much is stored of one kind.
   *
   * @param objects how many artifacts
   * @param size how many bytes they have together; its text is for people
   * @param oldest when the oldest was stored; empty if there is none
   * @param newest when the newest was stored; empty if there is none
   * @param ages how long ago: up to an hour, a day, 7, 30 and 90 days, a year of 365 days, and
   *     longer; what was stored in the future, by another clock, counts as new. Unmodifiable
   * @param sizes how large: nothing, up to 1 KB, 1 MB, 10 MB and 100 MB, up to 500 MB and no byte
   *     more, and larger. Unmodifiable
   */
  public record OfKind(
      long objects,
      ByteSize size,
      Optional<Instant> oldest,
      Optional<Instant> newest,
      List<Band<Duration>> ages,
      List<Band<ByteSize>> sizes) {
    /** Keeps copies. */
    public OfKind {
      ages = List.copyOf(ages);
      sizes = List.copyOf(sizes);
    }

    /** How much it is, without how old and how large. */
    public Amount amount() {
      return new Amount(objects, size);
    }
  }

  /**
   * What content is left of writes; see {@link io.taforge.storage.ArtifactView#leftovers}. Records
   * without content are not looked for: that would take another pass.
   *
   * @param count how many uploads and files
   * @param size how many bytes those have together of which the backend tells
   * @param ofUnknownSize of how many it does not tell
   */
  public record Debris(long count, ByteSize size, long ofUnknownSize) {}

  /** Keeps copies. */
  public StorageStats {
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
    debris = Map.copyOf(debris);
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
