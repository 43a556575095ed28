package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

/** The three kinds of artifacts; each has its own key layout and, in a backend, its own bucket. */
public enum ArtifactKind {
  /** Log samples that people upload; the only kind that expires. */
  LOG_SAMPLE("log sample", "samples/{request_id}/{filename}"),
  /** Add-ons for Splunk that were generated from samples; they never expire. */
  TA_BUNDLE("TA bundle", "tas/{request_id}/v{version}/{revision_id}.tgz"),
  /** What a failed validation run left for people to look into; they never expire. */
  DEBUG_BUNDLE("debug bundle", "debug/{validation_run_id}/{filename}");

  private final String words;
  private final KeyTemplate template;
  private final String folder;

  ArtifactKind(String words, String layout) {
    this.words = words;
    this.template = new KeyTemplate(layout);
    this.folder = template.prefix();
  }

  /**
   * The kind that a storage key's first segment tells.
   *
   * @throws InvalidKeyException if no kind has keys like this
   */
  public static ArtifactKind of(String key) {
    for (ArtifactKind kind : values()) {
      if (key.startsWith(kind.folder())) {
        return kind;
      }
    }
    throw new InvalidKeyException(
        quoted(key) + " is of no known kind: a key begins with samples/, tas/ or debug/");
  }

  /** The folder that all keys of this kind begin with, such as {@code samples/}. */
  public String folder() {
    return folder;
  }

  /** How many folders a key of this kind has above the file name. */
  public int folderDepth() {
    return template.depth() - 1;
  }

  KeyTemplate template() {
    return template;
  }

  /** The kind in words for people, such as "log sample". */
  @Override
  public String toString() {
    return words;
  }
}
