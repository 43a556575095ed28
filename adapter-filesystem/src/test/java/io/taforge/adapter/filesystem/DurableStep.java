package io.taforge.adapter.filesystem;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/**
 * What a writer does at a step, known to the writer and to whoever looks afterwards. Content begins
 * with the number of its step, and so tells which step it is of.
 *
 * @param thread that does it
 * @param number counts from 0 within the thread
 */
record DurableStep(int thread, int number) {
  static final int KEYS = 128;
  private static final int DELETES = 8;

  private Random random() {
    return new Random(number * 1_000_003L + thread * 31L + 7);
  }

  /** Which of the samples of its thread it is about. */
  int key() {
    return random().nextInt(KEYS);
  }

  boolean isDelete() {
    Random random = random();
    random.nextInt(KEYS);
    return random.nextInt(DELETES) == 0;
  }

  /** In a folder of its own, so that folders come and go, too. */
  static LogSample sample(int thread, int key) {
    return new LogSample(RequestId.of(new UUID(thread + 1, key)), FileName.of("a.log"));
  }

  LogSample sample() {
    return sample(thread, key());
  }

  /** Mostly a few thousand bytes, and sometimes many. */
  byte[] content() {
    Random random = new Random(number * 31L + thread);
    byte[] content = new byte[4 + random.nextInt(random.nextInt(20) == 0 ? 200_000 : 6_000)];
    random.nextBytes(content);
    ByteBuffer.wrap(content).putInt(number);
    return content;
  }

  /** The step that content is of, if it is whole; -2 if it is anything else. */
  static int of(int thread, byte[] content) {
    if (content.length < 4) {
      return -2;
    }
    int number = ByteBuffer.wrap(content).getInt();
    boolean isWhole =
        number >= 0 && Arrays.equals(new DurableStep(thread, number).content(), content);
    return isWhole ? number : -2;
  }
}
