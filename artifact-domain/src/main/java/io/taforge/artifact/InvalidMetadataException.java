package io.taforge.artifact;

/** Says that metadata, a tag or a content type cannot be kept on every backend, and why. */
public final class InvalidMetadataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidMetadataException(String problem) {
    super(problem);
  }

  /** The HTTP status a service answers with: 400. */
  public int httpStatus() {
    return 400;
  }
}
