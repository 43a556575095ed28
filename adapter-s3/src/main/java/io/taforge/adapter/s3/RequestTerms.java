package io.taforge.adapter.s3;

import io.taforge.artifact.Sha256;
import io.taforge.storage.remote.Call;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this adapter's transport and signer must know of a request. It goes past the SDK, which has
 * a time-out and a header of one request only in a configuration of its own: that is copied several
 * times and runs two timers, which together cost an eighth of a small put.
 *
 * @param call whose time it takes
 * @param checksum of its content; empty if that is not known, or if there is none
 * @param isStream whether the answer's content is read when the request is over, at the reader's
 *     own pace
 * @param startedAt in the time of {@link System#nanoTime}
 */
record RequestTerms(Call call, Optional<Sha256> checksum, boolean isStream, long startedAt) {
  /** The blocking client does all in the thread that has asked. */
  private static final ThreadLocal<@Nullable RequestTerms> CURRENT = new ThreadLocal<>();

  /** Of what is asked from now on. */
  static RequestTerms of(Call call, Optional<Sha256> checksum, boolean isStream) {
    return new RequestTerms(call, checksum, isStream, System.nanoTime());
  }

  /** What this thread is asking for; empty if it is not this adapter that asks. */
  static Optional<RequestTerms> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Asks, with all attempts. */
  <T> T during(Supplier<T> request) {
    RequestTerms before = CURRENT.get();
    CURRENT.set(this);
    try {
      return request.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** When an attempt that begins now must be over, in the time of {@link System#nanoTime}. */
  long attemptEnds() {
    long end = System.nanoTime() + call.perAttempt().toNanos();
    return end - ends() < 0 ? end : ends();
  }

  /** When all attempts must be over. */
  long ends() {
    return startedAt + call.inAll().toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - ends() >= 0;
  }
}
