package io.taforge.storage.remote;

import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageUnsupportedException;

/** What becomes of the old versions of a bucket's objects, and of those that are deleted. */
enum Versions {
  /** They are gone. */
  NONE,
  /** They are kept, or were once. */
  KEPT,
  /** They are kept, and perhaps locked so that nobody can remove them. */
  LOCKED;

  /**
   * Asks the server.
   *
   * @throws StorageUnsupportedException if it knows no versions
   */
  static Versions in(ObjectServer server, String bucket, Call call) {
    if (!server.keepsVersions(bucket, call)) {
      return NONE;
    }
    try {
      return server.locksVersions(bucket, call) ? LOCKED : KEPT;
    } catch (StorageAccessDeniedException e) {
      return LOCKED; // it may be
    } catch (StorageBucketException | StorageUnsupportedException e) {
      return KEPT; // as Ceph puts it, and servers that know no locks
    }
  }
}
