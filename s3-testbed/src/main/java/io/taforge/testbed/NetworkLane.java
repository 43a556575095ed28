package io.taforge.testbed;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A way of its own to a {@link MemoryS3}, with a caller on it and a limit to what a call takes. */
final class NetworkLane implements AutoCloseable {
  /** A call did not come to an end. */
  static final class HangException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final FaultProxy proxy;
  private final NetworkCaller caller;
  private final Duration limit;
  private ExecutorService thread = newThread();

  NetworkLane(MemoryS3 server, Function<URI, NetworkCaller> opener, Duration limit) {
    this.proxy = FaultProxy.to(server.endpoint());
    this.caller = opener.apply(proxy.endpoint());
    this.limit = limit;
  }

  NetworkCaller caller() {
    return caller;
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** Has something befall the requests behind so many others. */
  void inject(Fault fault, int behind, int times) {
    AtomicInteger seen = new AtomicInteger();
    proxy.inject(fault.on(any -> seen.getAndIncrement() >= behind), times);
  }

  /** Nothing goes wrong any more, and nothing is remembered. */
  void heal() {
    proxy.heal();
    proxy.forgetRequests();
  }

  /** What a call comes to, unless it takes too long; then it is interrupted. */
  <T> T within(Callable<T> call) throws Throwable {
    Future<T> result = thread.submit(call);
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      result.cancel(true);
      thread.shutdownNow();
      thread = newThread();
      throw new HangException();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    caller.close();
    proxy.close();
  }

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread one = new Thread(work, "network-lane");
          one.setDaemon(true);
          return one;
        });
  }
}
