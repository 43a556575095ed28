package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final FailureContext CONTEXT = FailureContext.of(Operation.PUT);
  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  private final SideBySide threads = new SideBySide(4, "test");

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void resultsAreInTheOrderOfTheThingsAndNoMoreAreUnderWayThanAllowed() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Integer> results =
        threads.each(
            HUNDRED,
            each -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              pause(1);
              now.decrementAndGet();
              return each * 2;
            },
            CONTEXT);

    assertThat(results).isEqualTo(HUNDRED.stream().map(each -> each * 2).toList());
    assertThat(most.get()).isBetween(2, 4);
  }

  @Test
  void theFirstFailureEndsTheRestAndIsThrown() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger stopped = new AtomicInteger();
    StorageConnectionException trouble =
        new StorageConnectionException(CONTEXT, "the cable is out");

    Throwable thrown =
        catchThrowable(
            () ->
                threads.each(
                    HUNDRED,
                    each -> {
                      begun.incrementAndGet();
                      if (each == 5) {
                        throw trouble;
                      }
                      pause(20);
                      return each;
                    },
                    stopped::incrementAndGet,
                    CONTEXT));

    assertThat(thrown).isSameAs(trouble);
    assertThat(begun.get()).isLessThan(50);
    assertThat(stopped.get()).isEqualTo(1);
  }

  @Test
  void anInterruptOfTheCallerEndsWhatIsUnderWay() throws InterruptedException {
    AtomicInteger interrupted = new AtomicInteger();
    CountDownLatch isUnderWay = new CountDownLatch(4);
    Throwable[] thrown = new Throwable[1];
    boolean[] status = new boolean[1];
    Thread caller =
        new Thread(
            () -> {
              thrown[0] =
                  catchThrowable(
                      () ->
                          threads.each(
                              HUNDRED,
                              each -> {
                                isUnderWay.countDown();
                                interrupted.addAndGet(pause(10_000) ? 0 : 1);
                                return each;
                              },
                              CONTEXT));
              status[0] = Thread.currentThread().isInterrupted();
            });
    caller.start();
    isUnderWay.await();
    caller.interrupt();
    caller.join(10_000);

    assertThat(thrown[0]).isInstanceOf(StorageInterruptedException.class);
    assertThat(status[0]).isTrue();
    assertThat(interrupted.get()).isEqualTo(4);
  }

  @Test
  void whatIsClosedDoesNothingAnyMore() {
    threads.close();

    assertThatThrownBy(() -> threads.each(HUNDRED, each -> each, CONTEXT))
        .isInstanceOf(StorageClosedException.class);
  }

  private static boolean pause(int millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
