package io.taforge.artifact;

import java.util.Locale;

/**
 * A number of bytes that people can read.
 *
 * @param bytes how many, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final String UNITS = "KMGTPE";

  /**
   * Checks that it is not negative.
   *
   * @throws IllegalArgumentException if it is
   */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " is not a size: it must not be negative");
    }
  }

  /** So many bytes. */
  public static ByteSize of(long bytes) {
    return new ByteSize(bytes);
  }

  /**
   * So many times 1,048,576 bytes, which is what settings and people call a megabyte here.
   *
   * @throws IllegalArgumentException if that is negative or more than a {@code long} holds
   */
  public static ByteSize ofMegabytes(long megabytes) {
    if (megabytes < 0 || megabytes > Long.MAX_VALUE >> 20) {
      throw new IllegalArgumentException(megabytes + " MB is not a size that can be counted");
    }
    return new ByteSize(megabytes << 20);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** For people, in powers of 1,024: {@code 0 B}, {@code 999 B}, {@code 2.3 MB}, {@code 500 MB}. */
  @Override
  public String toString() {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
        + " "
        + UNITS.charAt(unit)
        + "B";
  }
}
