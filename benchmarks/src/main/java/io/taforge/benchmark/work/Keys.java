package io.taforge.benchmark.work;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Keys of log samples, a thousand to a request, none of them twice. */
final class Keys {
  private static final int IN_A_REQUEST = 1000;

  private final AtomicLong next = new AtomicLong();
  private final long run = UUID.randomUUID().getMostSignificantBits();

  /** One that nobody has used. */
  String fresh() {
    return numbered(next.getAndIncrement());
  }

  /** Each of so many in turn. */
  String oneOf(int count) {
    return numbered(next.getAndIncrement() % count);
  }

  /** The one of this number. */
  String numbered(long number) {
    return "samples/" + new UUID(run, number / IN_A_REQUEST) + "/" + number % IN_A_REQUEST + ".log";
  }
}
