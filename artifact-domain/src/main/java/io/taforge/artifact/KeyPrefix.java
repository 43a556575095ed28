package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.nio.charset.StandardCharsets;

/**
 * The beginning of some keys of one kind, as a text: {@code samples/12} also begins {@code
 * samples/123…}. A prefix that ends with {@code /} is a folder and has no such siblings.
 *
 * @param value the text, which begins with the folder of a kind
 */
public record KeyPrefix(String value) {
  /**
   * Checks that keys can begin like this.
   *
   * @throws InvalidKeyException if no key can
   */
  public KeyPrefix {
    ArtifactKind.of(value);
    String[] segments = value.split("/", -1);
    for (int i = 0; i < segments.length - 1; i++) {
      Segment.checked(segments[i], "segment of a key prefix");
    }
    String last = segments[segments.length - 1];
    last.codePoints()
        .forEach(point -> Segment.checkCharacter(last, "segment of a key prefix", point));
    if (value.getBytes(StandardCharsets.UTF_8).length > ArtifactKey.MAX_BYTES) {
      throw new InvalidKeyException(
          quoted(value)
              + " is not a key prefix: at most "
              + ArtifactKey.MAX_BYTES
              + " bytes in UTF-8 are allowed");
    }
  }

  /**
   * The prefix with this text.
   *
   * @throws InvalidKeyException if no key can begin like this
   */
  public static KeyPrefix of(String value) {
    return new KeyPrefix(value);
  }

  /** The folder of all artifacts of a kind. */
  public static KeyPrefix all(ArtifactKind kind) {
    return new KeyPrefix(kind.folder());
  }

  /** The folder of all samples of a request. */
  public static KeyPrefix samplesOf(RequestId request) {
    return new KeyPrefix(ArtifactKind.LOG_SAMPLE.template().prefix(request));
  }

  /** The folder of all revisions of all bundle versions of a request. */
  public static KeyPrefix bundlesOf(RequestId request) {
    return new KeyPrefix(ArtifactKind.TA_BUNDLE.template().prefix(request));
  }

  /** The folder of all debug bundles of a validation run. */
  public static KeyPrefix debugBundlesOf(ValidationRunId run) {
    return new KeyPrefix(ArtifactKind.DEBUG_BUNDLE.template().prefix(run));
  }

  /** The kind of every key that begins like this. */
  public ArtifactKind kind() {
    return ArtifactKind.of(value);
  }

  /** Whether it ends with {@code /}. */
  public boolean isFolder() {
    return value.endsWith("/");
  }

  /** Whether it is the folder of a whole kind. */
  public boolean isWholeKind() {
    return value.equals(kind().folder());
  }

  /** Itself if it is a folder; otherwise the folder of that name, without its siblings. */
  public KeyPrefix asFolder() {
    return isFolder() ? this : new KeyPrefix(value + "/");
  }

  /** Whether the key begins like this. */
  public boolean contains(ArtifactKey key) {
    return key.value().startsWith(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
