package io.taforge.storage;

/**
 * What a store may or may not be able to do; to be asked beforehand. Where it is missing, the
 * methods that need it throw {@link StorageUnsupportedException}.
 */
public enum Capability {
  /** {@link ArtifactStore#deleteUnchanged}. */
  CONDITIONAL_DELETE,
  /** {@link ArtifactStore#listDetailed} asks the backend nothing beyond the listing. */
  DETAILED_LISTING,
  /** Artifacts survive the store's last handle, and a power cut. Not needed by any method. */
  DURABLE,
  /** {@link ArtifactStore#acquireLease}. */
  LEASES,
  /** {@link ArtifactStore#replaceMetadata}. */
  METADATA_UPDATE,
  /** {@link ArtifactStore#nativeRetention} has rules. */
  NATIVE_RETENTION,
  /** {@link ArtifactStore#linkSigner} has a signer. */
  SIGNED_LINKS,
  /** {@link ArtifactStore#tags} and {@link PutOptions#withTags}. */
  TAGS
}
