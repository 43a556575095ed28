package io.taforge.load;

import io.taforge.storage.ContentSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Content that follows from a number, which is at its beginning: whoever reads it can check it. */
record Numbered(long number) {
  private static final int SMALLEST = 1_000;
  private static final int LARGEST = 20_000;

  byte[] content() {
    Random random = new Random(number);
    byte[] content = new byte[SMALLEST + random.nextInt(LARGEST - SMALLEST)];
    random.nextBytes(content);
    ByteBuffer.wrap(content).putLong(number);
    return content;
  }

  /** Ends with an error where half of it has been read. */
  ContentSource broken() {
    byte[] content = content();
    return new ContentSource.Replayable(
        content.length,
        () ->
            new InputStream() {
              private final InputStream half =
                  new ByteArrayInputStream(content, 0, content.length / 2);

              @Override
              public int read() throws IOException {
                return checked(half.read());
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return checked(half.read(buffer, offset, length));
              }

              private int checked(int read) throws IOException {
                if (read < 0) {
                  throw new IOException("broken on purpose");
                }
                return read;
              }
            });
  }

  static boolean isWhole(byte[] content) {
    return content.length >= SMALLEST
        && Arrays.equals(content, new Numbered(ByteBuffer.wrap(content).getLong()).content());
  }

  /** What is wrong with it, for people. */
  static String difference(byte[] content) {
    long number = content.length < Long.BYTES ? -1 : ByteBuffer.wrap(content).getLong();
    byte[] right = new Numbered(number).content();
    return "Wrong content: %d bytes of number %d, which has %d, from byte %d on"
        .formatted(content.length, number, right.length, Arrays.mismatch(content, right));
  }
}
