package io.taforge.storage;

/** What must be true of the artifact that is there now for a put to go through. */
public sealed interface WriteCondition {
  /** Whatever is there is replaced. */
  record Always() implements WriteCondition {}

  /** Nothing is there. */
  record IfAbsent() implements WriteCondition {}

  /**
   * The one is there that the token was read from.
   *
   * @param version the token
   */
  record IfUnchanged(VersionToken version) implements WriteCondition {}

  /** Whatever is there is replaced. */
  static WriteCondition always() {
    return new Always();
  }

  /** Nothing is there; otherwise {@link StorageConflictException} with HTTP status 409. */
  static WriteCondition ifAbsent() {
    return new IfAbsent();
  }

  /**
   * The one is there that this token was read from; otherwise, and if none is there, {@link
   * StorageConflictException} with HTTP status 412.
   */
  static WriteCondition ifUnchanged(VersionToken version) {
    return new IfUnchanged(version);
  }
}
