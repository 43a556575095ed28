package io.taforge.storage;

/** What a store was asked to do, for the context of a failure. */
public enum Operation {
  /** Opening the store. */
  OPEN("open"),
  /** {@link ArtifactStore#put}. */
  PUT("put"),
  /** {@link ArtifactStore#get(io.taforge.artifact.Artifact)} and reading what it opened. */
  GET("get"),
  /** {@link ArtifactStore#find}. */
  FIND("look up"),
  /** {@link ArtifactStore#list} and its sisters. */
  LIST("list"),
  /** {@link ArtifactStore#delete} and its sisters. */
  DELETE("delete"),
  /** {@link ArtifactStore#replaceMetadata}. */
  REPLACE_METADATA("replace the metadata of"),
  /** {@link ArtifactStore#tags}. */
  READ_TAGS("read the tags of"),
  /** {@link LinkSigner#sign}. */
  SIGN_LINK("sign a link to"),
  /** {@link ArtifactStore#createBuckets}. */
  CREATE_BUCKET("create the bucket"),
  /** {@link ArtifactStore#verifyBuckets}. */
  VERIFY_BUCKET("verify the bucket"),
  /** {@link ArtifactStore#recreateBucket}. */
  RECREATE_BUCKET("recreate the bucket"),
  /** {@link ArtifactStore#acquireLease}. */
  LEASE("take the lease"),
  /** {@link NativeRetention#compare}. */
  READ_RULES("read the lifecycle rules of"),
  /** {@link NativeRetention#apply}. */
  CHANGE_RULES("change the lifecycle rules of"),
  /** Reading all content again to verify it. */
  SCRUB("scrub"),
  /** Removing what has outlived its period. */
  CLEAN_UP("clean up"),
  /** Recording an event in the audit trail. */
  AUDIT("record");

  private final String words;

  Operation(String words) {
    this.words = words;
  }

  /** What a sentence says after "Cannot". */
  @Override
  public String toString() {
    return words;
  }
}
