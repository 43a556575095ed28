package io.taforge.benchmark.workload;

import java.io.InputStream;
import java.util.Arrays;

/** So many zeros, and no word beforehand of how many. */
final class ZeroStream extends InputStream {
  private long left;

  ZeroStream(long length) {
    left = length;
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    return 0;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    Arrays.fill(bytes, offset, offset + count, (byte) 0);
    left -= count;
    return count;
  }
}
