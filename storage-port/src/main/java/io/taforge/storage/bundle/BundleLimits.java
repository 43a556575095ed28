package io.taforge.storage.bundle;

import io.taforge.artifact.ByteSize;

/**
 * How much a bundle may hold when it is unpacked.
 *
 * @param entries how many files and folders at the most, those that are only implied by the names
 *     of others included
 * @param entry how many bytes one of them has at the most
 * @param all how many bytes all of them have together at the most
 * @param ratio how many times as large as the bundle they are together at the most; a megabyte is
 *     always allowed
 */
public record BundleLimits(int entries, ByteSize entry, ByteSize all, int ratio) {
  /** 10,000 entries, 500 MB each, 2 GB together, 100 times the size of the bundle. */
  public static final BundleLimits DEFAULT =
      new BundleLimits(10_000, ByteSize.ofMegabytes(500), ByteSize.ofMegabytes(2048), 100);

  /**
   * Checks that something is allowed.
   *
   * @throws IllegalArgumentException if a number is not positive
   */
  public BundleLimits {
    if (entries < 1 || ratio < 1 || entry.bytes() < 1 || all.bytes() < 1) {
      throw new IllegalArgumentException("A limit of a bundle must be positive");
    }
  }
}
