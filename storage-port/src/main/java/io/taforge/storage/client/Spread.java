package io.taforge.storage.client;

import io.taforge.artifact.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts artifacts between fixed bounds, in memory that does not grow with them. */
final class Spread<T extends Comparable<T>> {
  private final List<T> bounds;
  private final long[] objects;
  private final long[] bytes;

  /** Each bound, in ascending order, is the least of its band. */
  Spread(List<T> bounds) {
    this.bounds = bounds;
    this.objects = new long[bounds.size()];
    this.bytes = new long[bounds.size()];
  }

  void add(T measure, long size) {
    int band = bounds.size() - 1;
    while (band > 0 && measure.compareTo(bounds.get(band)) < 0) {
      band--;
    }
    objects[band]++;
    bytes[band] += size;
  }

  List<StorageStats.Band<T>> result() {
    List<StorageStats.Band<T>> bands = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      Optional<T> below = i + 1 < bounds.size() ? Optional.of(bounds.get(i + 1)) : Optional.empty();
      bands.add(
          new StorageStats.Band<>(
              bounds.get(i), below, new StorageStats.Amount(objects[i], ByteSize.of(bytes[i]))));
    }
    return bands;
  }
}
