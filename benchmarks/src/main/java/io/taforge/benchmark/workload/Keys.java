package io.taforge.benchmark.workload;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Keys of log samples, a thousand to a request, none of them twice. */
final class Keys {
  private static final int IN_A_REQUEST = 1000;

  private static final int IN_TURN = 64;

  private final AtomicLong next = new AtomicLong();
  private final long run = UUID.randomUUID().getMostSignificantBits();
  private final List<String> first =
      IntStream.range(0, IN_TURN).mapToObj(this::made).toList(); // not made while time is taken

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
    return number < IN_TURN ? first.get((int) number) : made(number);
  }

  private String made(long number) {
    return "samples/" + new UUID(run, number / IN_A_REQUEST) + "/" + number % IN_A_REQUEST + ".log";
  }
}
