package io.taforge.artifact;

/**
 * The size up to which an artifact is accepted.
 *
 * @param size the largest size that is still accepted
 */
public record UploadLimit(ByteSize size) {
  /** 500 MB, the limit where nothing else is set. */
  public static final UploadLimit DEFAULT = ofMegabytes(500);

  /** So many times 1,048,576 bytes. */
  public static UploadLimit ofMegabytes(long megabytes) {
    return new UploadLimit(ByteSize.ofMegabytes(megabytes));
  }

  /** So many bytes. */
  public static UploadLimit ofBytes(long bytes) {
    return new UploadLimit(ByteSize.of(bytes));
  }

  /** Whether something of this many bytes is accepted. */
  public boolean accepts(long bytes) {
    return bytes <= size.bytes();
  }
}
