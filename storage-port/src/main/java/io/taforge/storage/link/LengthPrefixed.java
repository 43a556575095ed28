package io.taforge.storage.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A message of fields, each with its length before it, so that no two lists of fields make the same
 * message.
 */
final class LengthPrefixed {
  private static final int ABSENT = -1;

  private final ByteArrayOutputStream message = new ByteArrayOutputStream(512);

  LengthPrefixed add(String field) {
    byte[] bytes = field.getBytes(UTF_8);
    addLength(bytes.length);
    message.writeBytes(bytes);
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
    return message.toByteArray();
  }

  private void addLength(int length) {
    message.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
  }
}
