package io.taforge.storage;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.ArtifactKind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which bucket holds which kind of artifact. The names obey the rules of Amazon S3 on every
 * backend, so that a folder can become a bucket and the other way round.
 *
 * @param samples where log samples are
 * @param bundles where TA bundles are
 * @param debug where debug bundles are
 */
public record Buckets(String samples, String bundles, String debug) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one is no bucket name, or two are the same
   */
  public Buckets {
    for (String name : List.of(samples, bundles, debug)) {
      boolean isName =
          NAME.matcher(name).matches()
              && !name.contains("..")
              && !ADDRESS.matcher(name).matches()
              && !name.startsWith("xn--")
              && !name.endsWith("-s3alias");
      if (!isName) {
        throw new IllegalArgumentException(
            quoted(name)
                + " is not a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens are"
                + " allowed, a letter or digit at both ends");
      }
    }
    if (samples.equals(bundles) || bundles.equals(debug) || samples.equals(debug)) {
      throw new IllegalArgumentException(
          "Each kind needs a bucket of its own: " + List.of(samples, bundles, debug));
    }
  }

  /** {@code log-samples}, {@code ta-artifacts} and {@code debug-bundles}. */
  public static Buckets defaults() {
    return new Buckets("log-samples", "ta-artifacts", "debug-bundles");
  }

  /** The bucket that holds this kind. */
  public String of(ArtifactKind kind) {
    return switch (kind) {
      case LOG_SAMPLE -> samples;
      case TA_BUNDLE -> bundles;
      case DEBUG_BUNDLE -> debug;
    };
  }
}
