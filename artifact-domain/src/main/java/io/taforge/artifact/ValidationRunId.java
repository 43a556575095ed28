package io.taforge.artifact;

import java.util.UUID;

/**
 * The validation run that a debug bundle tells about.
 *
 * @param value the id
 */
public record ValidationRunId(UUID value) {
  /** The validation run id with this value. */
  public static ValidationRunId of(UUID value) {
    return new ValidationRunId(value);
  }

  /**
   * Reads a UUID of 36 characters, letters in any case.
   *
   * @throws InvalidKeyException if the text is something else
   */
  public static ValidationRunId parse(String text) {
    return new ValidationRunId(Uuids.parse(text, "validation run id"));
  }

  /** A new, random one. */
  public static ValidationRunId random() {
    return new ValidationRunId(UUID.randomUUID());
  }

  /** The canonical form: lower-case, 36 characters. */
  @Override
  public String toString() {
    return value.toString();
  }
}
