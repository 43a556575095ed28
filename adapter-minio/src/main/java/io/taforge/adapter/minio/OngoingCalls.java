package io.taforge.adapter.minio;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Sees the calls of OkHttp that a thread makes through the SDK, which does not show them, so that
 * they can be given up. It sees those of a client whose listener factory it is, and no others.
 */
final class OngoingCalls implements EventListener.Factory {
  private static final ThreadLocal<@Nullable List<Call>> SEEN = new ThreadLocal<>();

  /**
   * A request that is under way.
   *
   * @param answer what the SDK makes of the answer
   * @param calls how it is made
   */
  record Ongoing<T>(CompletableFuture<T> answer, List<Call> calls) {
    /** The answer; if it does not come in time or the thread is interrupted, it is given up. */
    T await(Duration time) throws InterruptedException, ExecutionException, TimeoutException {
      try {
        return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException | TimeoutException e) {
        giveUp();
        CompletableFuture<Void> unused = answer.thenAccept(Ongoing::discard);
        throw e;
      }
    }

    /** Closes the connection if it is still needed; nothing happens if it is not. */
    void giveUp() {
      calls.forEach(Call::cancel);
    }

    private static void discard(@Nullable Object late) {
      if (late instanceof Closeable body) {
        try {
          body.close();
        } catch (IOException e) {
          // nobody waits for it any more
        }
      }
    }
  }

  /** Makes a request, which the SDK does in the calling thread until it is on its way. */
  <T> Ongoing<T> begin(Supplier<CompletableFuture<T>> request) {
    List<Call> calls = new ArrayList<>(1);
    SEEN.set(calls);
    try {
      return new Ongoing<>(request.get(), calls);
    } finally {
      SEEN.remove();
    }
  }

  @Override
  public EventListener create(Call call) {
    List<Call> calls = SEEN.get();
    if (calls != null) {
      calls.add(call);
    }
    return EventListener.NONE;
  }
}
