package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final List<Integer> results = new ArrayList<>();

  private InOrder<Integer, Integer> doing(Function<Integer, Integer> work) {
    return new InOrder<>(4, FailureContext.of(Operation.LIST), work, results::add);
  }

  @Test
  void resultsComeInTheOrderOfWhatWasAdded() {
    try (InOrder<Integer, Integer> doubled = doing(number -> 2 * number)) {
      IntStream.range(0, 5000).forEach(doubled::add);
      doubled.finish();
    }

    assertThat(results).isEqualTo(IntStream.range(0, 5000).mapToObj(each -> 2 * each).toList());
  }

  @Test
  void whatTheWorkThrowsIsThrownAsItIs() {
    for (Throwable failure : List.of(new IllegalStateException("no"), new AssertionError("no"))) {
      try (InOrder<Integer, Integer> failing = doing(number -> thrown(failure))) {
        failing.add(1);

        assertThatThrownBy(failing::finish).isSameAs(failure);
      }
    }
  }

  private static Integer thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void anInterruptEndsTheWaitAndTheWorkAndIsNotLost() throws InterruptedException {
    CountDownLatch hasBegun = new CountDownLatch(1);
    CountDownLatch isInterrupted = new CountDownLatch(1);
    try (InOrder<Integer, Integer> waiting = doing(number -> waited(hasBegun, isInterrupted))) {
      waiting.add(1);
      hasBegun.await();
      Thread.currentThread().interrupt();

      assertThatThrownBy(waiting::finish).isInstanceOf(StorageInterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(isInterrupted.getCount()).isZero();
    assertThat(results).isEmpty();
  }

  /** For ever, but for an interrupt. */
  private static Integer waited(CountDownLatch hasBegun, CountDownLatch isInterrupted) {
    hasBegun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      isInterrupted.countDown();
    }
    return 0;
  }
}
