package io.taforge.artifact;

/**
 * One generated revision of a technology add-on, a {@code .tgz} that Splunk can install.
 *
 * @param request what it was generated for
 * @param version the version of the add-on that it is a revision of
 * @param revision which revision
 */
public record TaBundle(RequestId request, BundleVersion version, RevisionId revision)
    implements Artifact {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.TA_BUNDLE;
  }

  @Override
  public ArtifactKey key() {
    return ArtifactKey.of(kind().template().write(request, version, revision));
  }

  /** The revision's id with the ending {@code .tgz}. */
  @Override
  public FileName fileName() {
    String key = key().value();
    return FileName.of(key.substring(key.lastIndexOf('/') + 1));
  }

  @Override
  public KeyPrefix folder() {
    return KeyPrefix.bundlesOf(request);
  }
}
