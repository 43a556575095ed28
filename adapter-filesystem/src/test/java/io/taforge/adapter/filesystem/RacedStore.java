package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/** What several processes do to the same samples; each content is made of one number. */
interface RacedStore extends AutoCloseable {
  /** What a reader gets that has got some of one version and some of another. */
  long MIXED = -1;

  void put(LogSample sample, long number) throws IOException;

  /** Whether it was not there before, and so has been created. */
  boolean create(LogSample sample, long number) throws IOException;

  /** Adds one to what is there; false if somebody else has changed it meanwhile. */
  boolean increment(LogSample sample) throws IOException;

  void delete(LogSample sample) throws IOException;

  /** The number that is there, or {@link #MIXED}. */
  OptionalLong get(LogSample sample) throws IOException;

  @Override
  void close();

  static RacedStore open(String how, Path root) {
    return how.equals("taforge") ? new RacedTaforge(root) : new RacedFiles(root);
  }

  /** Some thousands of bytes that say nothing but the number. */
  static byte[] content(long number) {
    ByteBuffer content = ByteBuffer.allocate(8 * (100 + (int) (number % 1000)));
    while (content.hasRemaining()) {
      content.putLong(number);
    }
    return content.array();
  }

  /** What content says, and what is written beside it. */
  static long number(byte[] content, String beside) {
    if (content.length < 8) {
      return MIXED;
    }
    long number = ByteBuffer.wrap(content).getLong();
    boolean isWhole = number >= 0 && Arrays.equals(content, content(number));
    return isWhole && beside.equals(Long.toString(number)) ? number : MIXED;
  }
}
