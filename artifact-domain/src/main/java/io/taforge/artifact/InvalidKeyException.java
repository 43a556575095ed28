package io.taforge.artifact;

/**
 * Says that a text is not a key, file name or id, what is wrong with it, and what is allowed.
 *
 * <p>It is thrown where a text becomes a value, before any storage is touched, so nothing is ever
 * half done because of it.
 */
public final class InvalidKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the sentence that the caller sees.
   *
   * @param problem what is wrong, with the offending value; see {@link Quoted}
   */
  InvalidKeyException(String problem) {
    super(problem);
  }

  /** The HTTP status a service answers with: 400. */
  public int httpStatus() {
    return 400;
  }
}
