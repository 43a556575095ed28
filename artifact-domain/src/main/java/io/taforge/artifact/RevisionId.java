package io.taforge.artifact;

import java.util.UUID;

/**
 * One generated revision of a TA bundle.
 *
 * @param value the id
 */
public record RevisionId(UUID value) {
  /** The revision id with this value. */
  public static RevisionId of(UUID value) {
    return new RevisionId(value);
  }

  /**
   * Reads a UUID of 36 characters, letters in any case.
   *
   * @throws InvalidKeyException if the text is something else
   */
  public static RevisionId parse(String text) {
    return new RevisionId(Uuids.parse(text, "revision id"));
  }

  /** A new, random one. */
  public static RevisionId random() {
    return new RevisionId(UUID.randomUUID());
  }

  /** The canonical form: lower-case, 36 characters. */
  @Override
  public String toString() {
    return value.toString();
  }
}
