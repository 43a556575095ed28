package io.taforge.storage;

/**
 * Tells whether an artifact is still the one that was read. It is opaque: an S3 ETag in its wire
 * form, or whatever else a backend has; never to be taken for a checksum. Writing the very same
 * content and metadata again may give the very same token.
 *
 * @param value the backend's text
 */
public record VersionToken(String value) {
  @Override
  public String toString() {
    return value;
  }
}
