package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Capability;
import io.taforge.storage.Lease;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageUnsupportedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease is one process's at a time, and does not outlive its period. */
abstract class LeaseCases extends ContractCases {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1500);

  /** Backends tell the time in whole seconds, and err on the side of the holder. */
  private static final Duration WELL_AFTER = Duration.ofSeconds(10);

  private ArtifactStore other;

  @BeforeEach
  void openAnother() {
    other = another();
    if (!can(Capability.LEASES)) {
      assertThatThrownBy(() -> store.acquireLease("a cleaner", LONG))
          .isInstanceOf(StorageUnsupportedException.class);
      abort("the store has no leases");
    }
  }

  @Test
  void nobodyElseGetsALeaseUntilItIsGivenBack() {
    Lease lease = store.acquireLease("the cleaner of Ärzte & Söhne", LONG);

    assertTaken(other, "the cleaner of Ärzte & Söhne");
    assertTaken(store, "the cleaner of Ärzte & Söhne");
    lease.close();
    other.acquireLease("another", LONG).close();
  }

  @Test
  void whoIsRefusedHearsUntilWhen() {
    Lease lease = store.acquireLease("a cleaner", LONG);
    String message =
        String.valueOf(
            Assertions.catchThrowable(() -> other.acquireLease("another", LONG)).getMessage());

    Instant end = Instant.parse(message.replaceAll(".* has it until ", ""));
    assertThat(end)
        .isCloseTo(
            harness().clock().instant().plus(LONG),
            Assertions.within(WELL_AFTER.toSeconds(), ChronoUnit.SECONDS));
    lease.close();
  }

  @Test
  void aLeaseThatIsNotRenewedIsTakenOverAndLost() throws InterruptedException {
    Lease lost = store.acquireLease("the first", SHORT);
    assertTaken(other, "the first");
    Lease lease = awaited(other, "the second");

    assertThatThrownBy(lost::renew)
        .isInstanceOf(StorageConflictException.class)
        .hasMessageContaining("the second has it until ");
    lost.close();
    assertTaken(store, "the second");
    lease.renew();
    lease.close();
  }

  @Test
  void aLeaseThatIsRenewedLasts() throws InterruptedException {
    Lease lease = store.acquireLease("the first", SHORT);
    for (int i = 0; i < 8; i++) {
      Thread.sleep(SHORT.toMillis() / 3);
      lease.renew();
      assertTaken(other, "the first");
    }
    lease.close();
  }

  @Test
  void ofManyWhoWantALeaseOneGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Optional<Lease>>> attempts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ArtifactStore one = i % 2 == 0 ? store : other;
        String holder = "cleaner " + i;
        attempts.add(() -> attempt(one, holder));
      }
      for (int round = 0; round < 3; round++) {
        List<Lease> won = new ArrayList<>();
        for (Future<Optional<Lease>> each : threads.invokeAll(attempts)) {
          each.get().ifPresent(won::add);
        }
        assertThat(won).hasSize(1);
        won.forEach(Lease::close);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void givingALeaseBackTwiceTakesNothingFromTheNext() {
    Lease lease = store.acquireLease("the first", LONG);
    lease.close();
    Lease next = other.acquireLease("the second", LONG);
    lease.close();

    assertThatThrownBy(lease::renew).isInstanceOf(StorageConflictException.class);
    assertTaken(store, "the second");
    next.close();
  }

  @Test
  void aLeaseIsGivenBackEvenIfTheThreadIsInterrupted() {
    Lease lease = store.acquireLease("the first", LONG);
    Thread.currentThread().interrupt();
    lease.close();

    assertThat(Thread.interrupted()).isTrue();
    other.acquireLease("the second", LONG).close();
  }

  @Test
  void aLeaseIsNothingThatIsStored() {
    Lease lease = store.acquireLease("a cleaner", LONG);

    for (ArtifactKind kind : ArtifactKind.values()) {
      assertThat(listed(kind)).isEmpty();
      assertThat(store.leftovers(kind)).isEmpty();
    }
    lease.close();
    assertThat(store.recreateBucket(ArtifactKind.LOG_SAMPLE, ""))
        .extracting(BucketCheck::status)
        .doesNotContain(BucketCheck.Status.FAILED);
  }

  @Test
  void whatIsNoHolderOrNoPeriodIsRefused() {
    for (String holder : List.of("", " ", "two\nlines", "x".repeat(151))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.acquireLease(holder, LONG))
          .withMessageContaining("is not a holder of a lease");
    }
    for (Duration period : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.acquireLease("a cleaner", period))
          .withMessageContaining(period + " is not a period of a lease");
    }
    store.acquireLease("ä€".repeat(75), LONG).close();
  }

  private static void assertTaken(ArtifactStore store, String holder) {
    assertThatThrownBy(() -> store.acquireLease("somebody", LONG))
        .isInstanceOfSatisfying(
            StorageConflictException.class,
            e -> assertThat(e.condition()).isEqualTo(StorageConflictException.Condition.ABSENT))
        .hasMessageStartingWith("Cannot take the lease")
        .hasMessageContaining(": " + holder + " has it until ");
  }

  private static Optional<Lease> attempt(ArtifactStore store, String holder) {
    try {
      return Optional.of(store.acquireLease(holder, LONG));
    } catch (StorageConflictException e) {
      return Optional.empty();
    }
  }

  private static Lease awaited(ArtifactStore store, String holder) throws InterruptedException {
    long end = System.nanoTime() + WELL_AFTER.toNanos();
    while (System.nanoTime() < end) {
      Optional<Lease> lease = attempt(store, holder);
      if (lease.isPresent()) {
        return lease.get();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The lease does not run out");
  }
}
