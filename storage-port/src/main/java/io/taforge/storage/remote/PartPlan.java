package io.taforge.storage.remote;

import io.taforge.artifact.ByteSize;

/**
 * When content goes up in parts, and how large they are. Parts have the chosen size; after each
 * thousand of them it doubles, so that the 10,000 parts that S3 allows hold more than the 5 TiB
 * that it allows for an object, whether or not the length is known beforehand.
 *
 * @param threshold content that is larger goes up in parts
 * @param partSize size of the first thousand parts, 5 MiB to 5 GiB
 */
public record PartPlan(ByteSize threshold, ByteSize partSize) {
  /** The fewest bytes that S3 takes for a part that is not the last one. */
  public static final ByteSize LEAST_PART = ByteSize.ofMegabytes(5);

  /** The most bytes that S3 takes for a part, or for content that goes up as a whole. */
  public static final ByteSize MOST_AT_ONCE = ByteSize.ofMegabytes(5 * 1024);

  private static final int PARTS_OF_A_SIZE = 1000;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if S3 does not take such parts
   */
  public PartPlan {
    if (partSize.bytes() < LEAST_PART.bytes() || partSize.bytes() > MOST_AT_ONCE.bytes()) {
      throw new IllegalArgumentException(
          partSize + " is not a size of parts: 5 MB to 5 GB are allowed");
    }
    if (threshold.bytes() > MOST_AT_ONCE.bytes()) {
      throw new IllegalArgumentException(
          threshold + " is not a threshold for parts: at most 5 GB are allowed");
    }
  }

  /** Parts of 5 MiB for whatever is larger than one. */
  public static PartPlan defaults() {
    return new PartPlan(LEAST_PART, LEAST_PART);
  }

  /**
   * In one piece, as long as S3 takes it: each byte is hashed once and not twice, but all of it
   * goes over one connection, and is sent again as a whole if that breaks.
   */
  public PartPlan inOnePiece() {
    return new PartPlan(MOST_AT_ONCE, partSize);
  }

  /** Whether content of this size goes up as a whole. */
  public boolean isOnePiece(long size) {
    return size <= threshold.bytes();
  }

  /** How many bytes the part of this number has, counted from 1, if it is not the last one. */
  public long sizeOfPart(int number) {
    int doublings = Math.min(10, (number - 1) / PARTS_OF_A_SIZE);
    return Math.min(partSize.bytes() << doublings, MOST_AT_ONCE.bytes());
  }
}
