package io.taforge.storage;

/**
 * A part of some content. Counted in bytes; the first byte is number 0.
 *
 * <p>What it means for content of a certain size, {@link #of(long)} tells.
 */
public sealed interface ByteRange {
  /**
   * A number of bytes from an offset on.
   *
   * @param offset number of the first byte
   * @param length how many at the most; 0 is allowed and gives no bytes
   */
  record Slice(long offset, long length) implements ByteRange {
    /** Checks that neither is negative. */
    public Slice {
      checkNotNegative(offset, "offset");
      checkNotNegative(length, "length");
    }

    @Override
    public Slice of(long size) {
      return new Slice(offset, Math.min(length, size - offset));
    }

    @Override
    public boolean isWithin(long size) {
      return offset < size;
    }
  }

  /**
   * Everything from an offset on.
   *
   * @param offset number of the first byte
   */
  record From(long offset) implements ByteRange {
    /** Checks that it is not negative. */
    public From {
      checkNotNegative(offset, "offset");
    }

    @Override
    public Slice of(long size) {
      return new Slice(offset, size - offset);
    }

    @Override
    public boolean isWithin(long size) {
      return offset < size;
    }
  }

  /**
   * The last bytes; all of them if there are fewer.
   *
   * @param length how many at the most, more than 0
   */
  record Last(long length) implements ByteRange {
    /** Checks that it is positive. */
    public Last {
      if (length <= 0) {
        throw new IllegalArgumentException(
            length + " is not a number of last bytes: it must be 1 or more");
      }
    }

    @Override
    public Slice of(long size) {
      long taken = Math.min(length, size);
      return new Slice(size - taken, taken);
    }

    @Override
    public boolean isWithin(long size) {
      return size > 0;
    }
  }

  /**
   * So many bytes from an offset on.
   *
   * @throws IllegalArgumentException if one is negative
   */
  static ByteRange of(long offset, long length) {
    return new Slice(offset, length);
  }

  /**
   * Everything from an offset on.
   *
   * @throws IllegalArgumentException if it is negative
   */
  static ByteRange from(long offset) {
    return new From(offset);
  }

  /**
   * The last bytes.
   *
   * @throws IllegalArgumentException if that is not a positive number
   */
  static ByteRange last(long length) {
    return new Last(length);
  }

  /** Whether the range begins inside content of this size; otherwise there is nothing to read. */
  boolean isWithin(long size);

  /** The bytes it means in content of this size, which it {@link #isWithin is within}. */
  Slice of(long size);

  private static void checkNotNegative(long number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException(
          number + " is not the " + what + " of a range: it must not be negative");
    }
  }
}
