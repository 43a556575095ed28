package io.taforge.storage.bundle;

import io.taforge.artifact.ByteSize;

/** Counts what a bundle expands to, and stops it where its limits are. */
final class Expansion {
  /** So much is allowed whatever the ratio: a bundle of empty files is small, too. */
  private static final long ALWAYS = 1 << 20;

  private final BundleLimits limits;
  private final long packed;
  private final long most;
  private long count;

  /** Of a bundle with so many bytes. */
  Expansion(BundleLimits limits, long packed) {
    this.limits = limits;
    this.packed = packed;
    long byRatio =
        packed > Long.MAX_VALUE / limits.ratio() ? Long.MAX_VALUE : packed * limits.ratio();
    this.most = Math.max(ALWAYS, byRatio);
  }

  /** One entry announces so many bytes, which must not be negative. */
  void checkEntry(String name, long bytes) throws Refusal {
    if (bytes > limits.entry().bytes()) {
      throw Refusal.of(
          name,
          "has " + sizeOf(bytes) + ", and at most " + limits.entry() + " are allowed for one");
    }
  }

  void add(long bytes) throws Refusal {
    count += bytes;
    if (count < 0 || count > limits.all().bytes()) {
      throw new Refusal("it expands to more than " + limits.all() + ", and no more are allowed");
    }
    if (count > most) {
      throw new Refusal(
          "it expands to more than "
              + ByteSize.of(most)
              + " from "
              + ByteSize.of(packed)
              + ", and at most "
              + limits.ratio()
              + " times its size is allowed");
    }
  }

  private static String sizeOf(long bytes) {
    return ByteSize.of(bytes) + " (" + bytes + " bytes)";
  }
}
