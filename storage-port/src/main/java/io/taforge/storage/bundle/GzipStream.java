package io.taforge.storage.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952) with one member and nothing behind it, whose checksum and
 * length are right. {@link java.util.zip.GZIPInputStream} leaves out whatever it does not
 * understand behind the first member, so that a file could be something else, too.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_SIZE = 64 * 1024;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int at;
  private int end;
  private long count;
  private boolean isAtEnd;

  /** The packed bytes stay open. */
  GzipStream(InputStream packed) throws IOException {
    this.packed = packed;
    readHeader();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (!isAtEnd) {
      int read = inflate(target, offset, length);
      if (read > 0) {
        checksum.update(target, offset, read);
        count += read;
        return read;
      }
      if (inflater.finished()) {
        readTrailer();
        isAtEnd = true;
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    if (inflater.needsInput() && !inflater.finished()) {
      if (at == end && !fill()) {
        throw cut();
      }
      inflater.setInput(buffer, at, end - at);
      at = end;
    }
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      throw new Refusal("it is not a gzip file that can be read: " + e.getMessage());
    }
  }

  private void readHeader() throws IOException {
    if (next() != 0x1F || next() != 0x8B || next() != 8) {
      throw new Refusal("it is not a gzip file");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new Refusal("it is a gzip file of a kind that is not known");
    }
    skip(6); // time, hints and system
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        skipText();
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // no bound is needed: the file has one
    }
  }

  private void readTrailer() throws IOException {
    at = end - inflater.getRemaining();
    if (nextInt() != (int) checksum.getValue() || nextInt() != (int) count) {
      throw new Refusal("it is a damaged gzip file: its checksum or its length is wrong");
    }
    if (at < end || fill()) {
      throw new Refusal("something comes behind the gzip file that it begins with");
    }
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw cut();
    }
    return buffer[at++] & 0xFF;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, packed.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private static Refusal cut() {
    return new Refusal("it is not a whole gzip file: it ends too early");
  }

  @Override
  public void close() {
    inflater.end();
  }
}
