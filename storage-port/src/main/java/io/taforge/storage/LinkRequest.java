package io.taforge.storage;

import io.taforge.artifact.Artifact;
import java.time.Duration;

/**
 * What a link is wanted for.
 *
 * @param method what the stranger may do
 * @param artifact with which artifact
 * @param validity for how long, 1 second to 7 days
 */
public record LinkRequest(Method method, Artifact artifact, Duration validity) {
  /** What can be allowed. */
  public enum Method {
    /** To download it. */
    GET,
    /** To upload it. */
    PUT
  }

  /** The longest that a link is valid; the limit of AWS Signature Version 4. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(7);

  /**
   * Checks the validity.
   *
   * @throws IllegalArgumentException if it is shorter than a second or longer than seven days
   */
  public LinkRequest {
    if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          validity + " is not a validity of a link: 1 second to 7 days are allowed");
    }
  }
}
