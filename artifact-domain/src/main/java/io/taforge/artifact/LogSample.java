package io.taforge.artifact;

/**
 * A piece of a log that somebody uploaded to have an add-on generated for it.
 *
 * @param request what it was uploaded for
 * @param fileName the name it was uploaded under
 */
public record LogSample(RequestId request, FileName fileName) implements Artifact {
  @Override
  public ArtifactKind kind() {
    return ArtifactKind.LOG_SAMPLE;
  }

  @Override
  public ArtifactKey key() {
    return ArtifactKey.of(kind().template().write(request, fileName));
  }

  @Override
  public KeyPrefix folder() {
    return KeyPrefix.samplesOf(request);
  }
}
