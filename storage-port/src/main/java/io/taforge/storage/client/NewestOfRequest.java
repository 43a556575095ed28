package io.taforge.storage.client;

import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactSummary;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest samples of each request back, in memory that grows with their number alone. The
 * samples come in the order of their keys, and so those of a request one after the other.
 */
final class NewestOfRequest {
  private final int most;
  private final Consumer<ArtifactSummary> kept;
  private final Consumer<ArtifactSummary> rest;
  private final PriorityQueue<ArtifactSummary> newest =
      new PriorityQueue<>(
          Comparator.comparing(ArtifactSummary::storedAt)
              .thenComparing(each -> each.artifact().key()));
  private @Nullable RequestId request;

  NewestOfRequest(int most, Consumer<ArtifactSummary> kept, Consumer<ArtifactSummary> rest) {
    this.most = most;
    this.kept = kept;
    this.rest = rest;
  }

  void add(LogSample sample, ArtifactSummary entry) {
    if (!sample.request().equals(request)) {
      finish();
      request = sample.request();
    }
    newest.add(entry);
    if (newest.size() > most) {
      rest.accept(newest.remove());
    }
  }

  /** No more are to come. */
  void finish() {
    newest.forEach(kept);
    newest.clear();
  }
}
