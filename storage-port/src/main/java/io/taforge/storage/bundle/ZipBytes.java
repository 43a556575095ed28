package io.taforge.storage.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a zip file, at any place in it. */
final class ZipBytes {
  private final SeekableByteChannel channel;
  private final long size;

  ZipBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  long size() {
    return size;
  }

  /**
   * So many bytes from a place on, all of which must be there; numbers in them are read as zip has
   * them.
   */
  ByteBuffer at(long offset, int length) throws IOException {
    if (offset < 0 || offset > size - length) {
      throw new Refusal("it is a damaged zip file: it points to something outside of itself");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new Refusal("it has become shorter while it was read");
      }
    }
    return bytes.flip();
  }
}
