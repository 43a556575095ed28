package io.taforge.artifact;

/**
 * What a failed validation run left behind, a {@code .zip} for people to look into.
 *
 * @param run the run that failed
 * @param fileName the name it was stored under
 */
public record DebugBundle(ValidationRunId run, FileName fileName) implements Artifact {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.DEBUG_BUNDLE;
  }

  @Override
  public ArtifactKey key() {
    return ArtifactKey.of(kind().template().write(run, fileName));
  }

  @Override
  public KeyPrefix folder() {
    return KeyPrefix.debugBundlesOf(run);
  }
}
