package io.taforge.adapter.s3;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives up exchanges that take too long. It looks at all of them every now and then, as long as
 * there are any: a timer for each would wake a thread for each.
 */
final class SocketWatch {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ScheduledExecutorService clock;
  private final Set<SocketExchange> watched = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isLooking = new AtomicBoolean();

  SocketWatch(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  void add(SocketExchange exchange) {
    watched.add(exchange);
    lookSoon();
  }

  void remove(SocketExchange exchange) {
    watched.remove(exchange);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // to look fails at nothing
  private void lookSoon() {
    if (isLooking.compareAndSet(false, true)) {
      clock.schedule(this::look, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      for (SocketExchange each : watched.stream().filter(any -> any.isDue(now)).toList()) {
        if (watched.remove(each)) { // or it has just ended
          each.expire();
        }
      }
    } finally { // or nothing would ever be given up again
      isLooking.set(false);
      if (!watched.isEmpty()) {
        lookSoon();
      }
    }
  }
}
