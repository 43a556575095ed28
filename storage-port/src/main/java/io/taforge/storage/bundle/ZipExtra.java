package io.taforge.storage.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The extra fields of a header of a zip file. */
final class ZipExtra {
  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_PATH = 0x7075;

  private final @Nullable ByteBuffer zip64;
  private final byte @Nullable [] unicodePath;

  private ZipExtra(@Nullable ByteBuffer zip64, byte @Nullable [] unicodePath) {
    this.zip64 = zip64;
    this.unicodePath = unicodePath;
  }

  static ZipExtra parse(String name, byte[] bytes) throws Refusal {
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer zip64 = null;
    byte[] unicodePath = null;
    while (fields.remaining() >= 4) {
      int id = Short.toUnsignedInt(fields.getShort());
      int length = Short.toUnsignedInt(fields.getShort());
      if (length > fields.remaining()) {
        throw Refusal.of(name, "has an extra field that cannot be read");
      }
      byte[] field = new byte[length];
      fields.get(field);
      if ((id == ZIP64 && zip64 != null) || (id == UNICODE_PATH && unicodePath != null)) {
        throw Refusal.of(name, "has an extra field twice, of which programs take one or the other");
      }
      if (id == ZIP64) {
        zip64 = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
      } else if (id == UNICODE_PATH) {
        unicodePath = Arrays.copyOfRange(field, Math.min(5, length), length);
      }
    }
    if (fields.hasRemaining()) {
      throw Refusal.of(name, "has an extra field that cannot be read");
    }
    return new ZipExtra(zip64, unicodePath);
  }

  boolean isZip64() {
    return zip64 != null;
  }

  /** The next 8 bytes, instead of a number that is all ones because it did not fit. */
  long next64(String name) throws Refusal {
    if (zip64 == null || zip64.remaining() < 8) {
      throw Refusal.of(name, "has a size or a place that is not told");
    }
    long number = zip64.getLong();
    if (number < 0) {
      throw Refusal.of(name, "has a size or a place that cannot be");
    }
    return number;
  }

  /**
   * What is left may only be the place, and the part that it is in, once more: some writers tell
   * them whether they fit or not, and what is told twice could be two things.
   *
   * @param disk the part, or all ones if it is told here
   */
  void requireNothingElse(String name, long offset, int disk) throws Refusal {
    int left = zip64 == null ? 0 : zip64.remaining();
    boolean isForm = left == 0 || left == 4 || left == 8 || left == 12;
    if (!isForm
        || (left >= 8 && next64(name) != offset)
        || (zip64 != null && left % 8 != 0 && zip64.getInt() != 0)) {
      throw Refusal.of(name, "tells more sizes and places than it has, so that programs differ");
    }
    if (disk != 0 && (disk != 0xFFFF || left % 8 == 0)) {
      throw Refusal.of(name, "is in another part of a zip file in several parts");
    }
  }

  void requireSamePath(String name, byte[] path) throws Refusal {
    if (unicodePath != null && !Arrays.equals(unicodePath, path)) {
      throw Refusal.of(name, "has two names, of which programs take one or the other");
    }
  }
}
