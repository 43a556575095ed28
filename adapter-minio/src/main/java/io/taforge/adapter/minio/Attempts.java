package io.taforge.adapter.minio;

import io.minio.errors.MinioException;
import io.taforge.adapter.minio.OngoingCalls.Ongoing;
import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes a request, and again as long as it may succeed a moment later. Each attempt is a request of
 * its own, signed anew, and the calling thread does the waiting, so it can be interrupted. In a
 * client of the store's own nothing below tries again: the SDK's retries and OkHttp's are off.
 */
final class Attempts {
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2000;

  private final int most;
  private final OngoingCalls calls;

  /** So many attempts in all, on a client whose calls are seen here. */
  Attempts(int most, OngoingCalls calls) {
    this.most = most;
    this.calls = calls;
  }

  /** Makes something of an answer. */
  @FunctionalInterface
  interface Reading<T, R> {
    /**
     * Reads it.
     *
     * @param ongoing where it comes from, which may still be needed
     */
    R read(T answer, Ongoing<T> ongoing) throws IOException, MinioException;
  }

  /**
   * What the answer says in the end.
   *
   * @param condition under which the request is made
   * @param request makes it, once for each attempt
   * @throws StorageException if there is no good one
   */
  <T, R> R of(
      Call call,
      WriteCondition condition,
      Supplier<CompletableFuture<T>> request,
      Reading<T, R> reading) {
    return unless(Set.of(), call, condition, request, reading).orElseThrow();
  }

  /**
   * What the answer says in the end; empty if it is a refusal with one of these codes.
   *
   * @throws StorageException if there is neither
   */
  <T, R> Optional<R> unless(
      Set<String> codes,
      Call call,
      WriteCondition condition,
      Supplier<CompletableFuture<T>> request,
      Reading<T, R> reading) {
    Deadline deadline = Deadline.in(call.inAll());
    for (int attempt = 1; ; attempt++) {
      FailureContext context = attempt == 1 ? call.context() : call.context().withAttempts(attempt);
      Duration left = deadline.remaining(context);
      try {
        Ongoing<T> ongoing = calls.begin(request);
        T answer = ongoing.await(left.compareTo(call.perAttempt()) < 0 ? left : call.perAttempt());
        return Optional.of(read(answer, ongoing, reading));
      } catch (InterruptedException e) {
        throw interrupted(context, e);
      } catch (ExecutionException
          | TimeoutException
          | IOException
          | MinioException
          | IllegalArgumentException e) {
        Throwable failure = MinioFailures.unwrapped(e);
        if (MinioFailures.hasCode(failure, codes)) {
          return Optional.empty();
        }
        if (attempt >= most || !MinioFailures.mayPass(failure) || deadline.hasPassed()) {
          throw MinioFailures.translate(context, condition, failure);
        }
      }
      pause(attempt, context);
    }
  }

  /** What an answer leaves out, or has spoiled, the SDK's types find out by accident. */
  private static <T, R> R read(T answer, Ongoing<T> ongoing, Reading<T, R> reading)
      throws IOException, MinioException {
    try {
      return reading.read(answer, ongoing);
    } catch (StorageException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrangeAnswerException("an answer that cannot be read: " + e);
    }
  }

  private static void pause(int attempt, FailureContext context) {
    long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << (attempt - 1));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    } catch (InterruptedException e) {
      throw interrupted(context, e);
    }
  }

  private static StorageInterruptedException interrupted(
      FailureContext context, InterruptedException failure) {
    Thread.currentThread().interrupt();
    return new StorageInterruptedException(context, "the thread was interrupted", failure);
  }
}
