package io.taforge.storage.client;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.Leftover;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageUnsupportedException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Counts what is left of writes, as far as the backend lets it. */
final class DebrisCount {
  /** Those that are found without another pass. */
  private static final Set<Leftover.Type> TYPES =
      EnumSet.of(Leftover.Type.UPLOAD, Leftover.Type.FILE);

  private long count;
  private long bytes;
  private long ofUnknownSize;

  private DebrisCount() {}

  static Map<ArtifactKind, StorageStats.Debris> in(ArtifactView view) {
    Map<ArtifactKind, StorageStats.Debris> debris = new EnumMap<>(ArtifactKind.class);
    for (ArtifactKind kind : ArtifactKind.values()) {
      try {
        DebrisCount all = new DebrisCount();
        view.leftovers(kind, TYPES).forEach(all::add);
        debris.put(
            kind, new StorageStats.Debris(all.count, ByteSize.of(all.bytes), all.ofUnknownSize));
      } catch (StorageAccessDeniedException
          | StorageUnsupportedException
          | StorageBucketException e) {
        // who may list artifacts need not be allowed this, and what there is of them is known
      }
    }
    return debris;
  }

  private void add(Leftover leftover) {
    count++;
    bytes += leftover.size().orElse(0);
    ofUnknownSize += leftover.size().isPresent() ? 0 : 1;
  }
}
