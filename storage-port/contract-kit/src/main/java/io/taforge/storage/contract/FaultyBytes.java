package io.taforge.storage.contract;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content on its way to its reader, cut or changed on purpose. */
final class FaultyBytes extends FilterInputStream {
  private final long cut;
  private final long flip;
  private long position;

  /**
   * Of content of this length.
   *
   * @param length more than nothing
   */
  FaultyBytes(InputStream bytes, long length, StoreFault fault) {
    super(bytes);
    this.cut = fault.cutIn(length);
    this.flip = fault.flipIn(length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (cut >= 0 && position >= cut) {
      throw new IOException("cut after " + position + " bytes, on purpose");
    }
    int most = cut < 0 ? length : (int) Math.min(length, cut - position);
    int read = in.read(buffer, offset, most);
    if (read > 0 && flip >= position && flip < position + read) {
      buffer[offset + (int) (flip - position)] ^= 1;
    }
    position += Math.max(0, read);
    return read;
  }
}
