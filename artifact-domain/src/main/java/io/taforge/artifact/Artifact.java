package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.List;

/** One thing that taforge keeps. It knows its kind, its key and its file name; not its bytes. */
public sealed interface Artifact permits LogSample, TaBundle, DebugBundle {
  /** Which of the three kinds this is. */
  ArtifactKind kind();

  /** Where it is stored; {@link #at} is the inverse. */
  ArtifactKey key();

  /** The name under which a person would save it: the last segment of the key. */
  FileName fileName();

  /** The folder it shares with the others of its request or validation run. */
  KeyPrefix folder();

  /**
   * The artifact that is stored at this key.
   *
   * @throws InvalidKeyException if the key has none of the three layouts
   */
  static Artifact at(ArtifactKey key) {
    ArtifactKind kind = ArtifactKind.of(key.value());
    List<String> values = kind.template().read(key.value()).orElseThrow(() -> notA(kind, key));
    Artifact artifact =
        switch (kind) {
          case LOG_SAMPLE ->
              new LogSample(RequestId.parse(values.get(0)), FileName.of(values.get(1)));
          case TA_BUNDLE ->
              new TaBundle(
                  RequestId.parse(values.get(0)),
                  BundleVersion.parse(values.get(1)),
                  RevisionId.parse(values.get(2)));
          case DEBUG_BUNDLE ->
              new DebugBundle(ValidationRunId.parse(values.get(0)), FileName.of(values.get(1)));
        };
    if (!variables(artifact).equals(values)) {
      throw notA(kind, key); // e.g. a UUID in capitals: two keys must never mean one artifact
    }
    return artifact;
  }

  /**
   * The artifact that is stored at the key with this text.
   *
   * @throws InvalidKeyException if the text is no key, or has none of the three layouts
   */
  static Artifact at(String key) {
    return at(ArtifactKey.of(key));
  }

  /** What is written into its key, as the layout has it; the rest is the same for all. */
  private static List<String> variables(Artifact artifact) {
    if (artifact instanceof TaBundle bundle) {
      return List.of(
          bundle.request().toString(), bundle.version().toString(), bundle.revision().toString());
    }
    return artifact instanceof LogSample sample
        ? List.of(sample.request().toString(), sample.fileName().toString())
        : List.of(((DebugBundle) artifact).run().toString(), artifact.fileName().toString());
  }

  private static InvalidKeyException notA(ArtifactKind kind, ArtifactKey key) {
    String layout =
        switch (kind) {
          case LOG_SAMPLE -> "samples/<request id>/<file name>";
          case TA_BUNDLE -> "tas/<request id>/v<version>/<revision id>.tgz";
          case DEBUG_BUNDLE -> "debug/<validation run id>/<file name>";
        };
    return new InvalidKeyException(
        quoted(key.value())
            + " is not the key of a "
            + kind
            + ": it must read "
            + layout
            + ", ids in lower case");
  }
}
