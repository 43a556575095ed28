package io.taforge.testbed;

import java.io.IOException;

/** Where the bytes of a body go, without their framing. */
interface Payload {
  void write(byte[] buffer, int offset, int length) throws IOException;

  /** Takes everything and keeps nothing. */
  static Payload nowhere() {
    return (buffer, offset, length) -> {};
  }
}
