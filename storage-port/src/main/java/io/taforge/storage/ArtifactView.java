package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Tags;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that can be seen of an {@link ArtifactStore}, and nothing that changes it: what is given this
 * cannot write or delete. What the store's Javadoc says of threads and failures holds here, too.
 */
public interface ArtifactView {
  /** Which bucket holds which kind. */
  Buckets buckets();

  /**
   * Opens the whole content. Reading it to its end verifies length and SHA-256; the last bytes are
   * only handed out when they are right. The caller closes it.
   *
   * @throws StorageNotFoundException if there is no such artifact
   */
  ArtifactContent get(Artifact artifact);

  /**
   * Opens a part of the content, which is as long as it is there: a range that begins inside and
   * ends outside is cut at the end. A part cannot be verified against the SHA-256 of the whole; its
   * length is. The caller closes it.
   *
   * @throws StorageNotFoundException if there is no such artifact
   * @throws StorageRangeException if the range begins at or behind the end of the content
   */
  ArtifactContent get(Artifact artifact, ByteRange range);

  /** What is known of the artifact besides its content; empty if there is none. */
  Optional<StoredArtifact> find(Artifact artifact);

  /**
   * One page of the artifacts whose keys begin with the query's prefix, in the order of their keys'
   * UTF-8 bytes, from the query's position on. An artifact that is there all the time while a
   * listing is paged through is in it exactly once, whatever else comes and goes.
   *
   * <p>What lies in a bucket under a key of no layout is not an artifact and is left out. So a page
   * may be short, or empty, and still have a {@link Page#next() next} one.
   */
  Page<ArtifactSummary> list(ListQuery query);

  /**
   * Like {@link #list}, with everything that {@link #find} tells. Without {@link
   * Capability#DETAILED_LISTING} this asks the backend once more for each artifact.
   */
  Page<StoredArtifact> listDetailed(ListQuery query);

  /**
   * One page of the folders directly below the query's prefix, which must be a folder itself, that
   * hold at least one artifact; in the order of {@link #list}.
   *
   * @throws IllegalArgumentException if the query's prefix is not a folder
   */
  Page<KeyPrefix> listFolders(ListQuery query);

  /**
   * The tags of an artifact.
   *
   * @throws StorageNotFoundException if there is no such artifact
   * @throws StorageUnsupportedException without {@link Capability#TAGS}
   */
  Tags tags(Artifact artifact);

  /**
   * All artifacts whose keys begin like this, page by page as the stream is consumed. It holds
   * nothing that must be closed.
   */
  default Stream<ArtifactSummary> scan(KeyPrefix prefix) {
    return Pages.stream(ListQuery.of(prefix), this::list);
  }

  /** Like {@link #scan}, with everything that {@link #find} tells; see {@link #listDetailed}. */
  default Stream<StoredArtifact> scanDetailed(KeyPrefix prefix) {
    return Pages.stream(ListQuery.of(prefix), this::listDetailed);
  }

  /**
   * What time it is by the backend's clock, which also tells when something was stored; empty if it
   * does not tell, or has no clock but this machine's.
   */
  default Optional<Instant> backendTime() {
    return Optional.empty();
  }

  /**
   * What writers that never came to an end have left in the bucket of a kind, and, where the
   * backend cannot tell the difference, what somebody is still writing: nothing of it is an
   * artifact, or belongs to one. In no order, and listed while the stream is consumed.
   */
  default Stream<Leftover> leftovers(ArtifactKind kind) {
    return Stream.empty();
  }

  /**
   * Those of some types only. {@link Leftover.Type#RECORD} takes a pass through all that is stored;
   * without it nothing is done in proportion to that.
   */
  default Stream<Leftover> leftovers(ArtifactKind kind, Set<Leftover.Type> types) {
    return leftovers(kind).filter(each -> types.contains(each.type()));
  }
}
