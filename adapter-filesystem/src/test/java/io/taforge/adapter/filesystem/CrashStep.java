package io.taforge.adapter.filesystem;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import java.util.Random;
import java.util.UUID;

/**
 * What a {@link CrashWriter} does at a step, known to whoever looks afterwards, too.
 *
 * @param number counts from 0
 * @param key which sample it is about
 * @param what it does
 * @param size of what it puts
 */
record CrashStep(int number, int key, What what, int size) {
  static final int KEYS = 12;

  private static final RequestId REQUEST = RequestId.of(new UUID(1, 2));

  /** What is done. */
  enum What {
    PUT,
    DELETE,
    CLEAN_UP
  }

  static CrashStep of(int number) {
    Random random = new Random(number * 31L + 7);
    int key = random.nextInt(KEYS);
    int what = random.nextInt(24);
    What does = what < 4 ? What.DELETE : what < 6 ? What.CLEAN_UP : What.PUT;
    int size = random.nextInt(random.nextInt(8) == 0 ? 600_000 : 40_000);
    return new CrashStep(number, key, does, size);
  }

  static LogSample sample(int key) {
    return new LogSample(REQUEST, FileName.of("sample-" + key + ".log"));
  }

  /** Whether a sample is older than it is kept, whenever it is put. */
  static boolean isExpired(int key) {
    return key % 2 == 0;
  }

  /** Whether the step changes what is there of a sample. */
  boolean isAbout(int other) {
    return what == What.CLEAN_UP ? isExpired(other) : key == other;
  }

  byte[] content() {
    byte[] content = new byte[size];
    new Random(number).nextBytes(content);
    return content;
  }
}
