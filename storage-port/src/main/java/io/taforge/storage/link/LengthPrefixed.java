package io.taforge.storage.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/**
 * A message of fields, each with its length before it, so that no two lists of fields make the same
 * message.
 */
final class LengthPrefixed {
  private static final int ABSENT = -1;

  private byte[] message = new byte[512];
  private int length;

  LengthPrefixed add(String field) {
    byte[] bytes = field.getBytes(UTF_8);
    addLength(bytes.length);
    System.arraycopy(bytes, 0, withRoomFor(bytes.length), length, bytes.length);
    length += bytes.length;
    return this;
  }

  LengthPrefixed add(long field) {
    return add(String.valueOf(field));
  }

  /** A field that may be missing, which is not the same as being empty. */
  LengthPrefixed add(Optional<String> field) {
    field.ifPresentOrElse(this::add, () -> addLength(ABSENT));
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(message, length);
  }

  private void addLength(int number) {
    byte[] target = withRoomFor(Integer.BYTES);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      target[length++] = (byte) (number >>> shift);
    }
  }

  private byte[] withRoomFor(int more) {
    if (message.length - length < more) {
      message = Arrays.copyOf(message, 2 * message.length + more);
    }
    return message;
  }
}
