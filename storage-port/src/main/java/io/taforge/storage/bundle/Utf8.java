package io.taforge.storage.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text that must be UTF-8. */
final class Utf8 {
  private Utf8() {}

  static String text(byte[] bytes, int from, int to) throws Refusal {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refusal("a name in it is not in UTF-8");
    }
  }
}
