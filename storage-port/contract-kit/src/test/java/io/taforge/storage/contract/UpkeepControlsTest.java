package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.Leftover;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The cases of the upkeep pass a store that is right, and each broken one fails some of them. */
@DisabledIfSystemProperty(named = "contract.controls", matches = "off")
class UpkeepControlsTest {
  /** The store that the thread is at. */
  private static final ThreadLocal<Flaw> FLAW = new ThreadLocal<>();

  /** Its contract. */
  static class OnOneStore extends UpkeepContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return new LeavingHarness(FLAW.get());
    }
  }

  /**
   * What may be wrong with a store.
   *
   * @param name in words
   * @param area which cases should find it
   * @param broken the store, made of one that is right and of what dead writers have left
   */
  private record Flaw(
      String name, Class<?> area, BiFunction<ArtifactStore, List<Leftover>, Leaving> broken) {}

  @Test
  void aStoreThatIsRightPasses() {
    assertThat(failing(new Flaw("none", UpkeepContract.Leasing.class, Leaving::new))).isEmpty();
    assertThat(failing(new Flaw("none", UpkeepContract.Leaving.class, Leaving::new))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> eachBrokenStoreIsFoundOut() {
    return Stream.of(
            new Flaw(
                "grants its lease to everybody", UpkeepContract.Leasing.class, GrantsToAll::new),
            new Flaw("never takes a lease away", UpkeepContract.Leasing.class, NeverEnds::new),
            new Flaw("takes any holder", UpkeepContract.Leasing.class, TakesAnyHolder::new),
            new Flaw(
                "does not tell who has the lease", UpkeepContract.Leasing.class, TellsNobody::new),
            new Flaw(
                "keeps a lease that was given back", UpkeepContract.Leasing.class, KeepsLease::new),
            new Flaw("shows no leftovers", UpkeepContract.Leaving.class, ShowsNothing::new),
            new Flaw(
                "shows the leftovers of all kinds", UpkeepContract.Leaving.class, ShowsAll::new),
            new Flaw(
                "says that it removed what was gone",
                UpkeepContract.Leaving.class,
                AlwaysRemoved::new),
            new Flaw(
                "does not remove leftovers", UpkeepContract.Leaving.class, RemovesNothing::new),
            new Flaw(
                "tells another time than it stamps with",
                UpkeepContract.Leaving.class,
                TellsAnotherTime::new))
        .map(
            flaw ->
                DynamicTest.dynamicTest(flaw.name(), () -> assertThat(failing(flaw)).isNotEmpty()));
  }

  private static Set<String> failing(Flaw flaw) {
    Set<String> failing = new TreeSet<>();
    FLAW.set(flaw);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectNestedClass(List.of(OnOneStore.class), flaw.area()))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                  failing.add(test.getDisplayName());
                }
              }
            });
    return failing;
  }

  /** A space in memory in which writers can leave something. */
  private static final class LeavingHarness extends InMemoryHarness {
    private final Flaw flaw;
    private final List<Leftover> left = new CopyOnWriteArrayList<>();

    LeavingHarness(Flaw flaw) {
      this.flaw = flaw;
    }

    @Override
    ArtifactStore handle(ArtifactStore store) {
      return flaw.broken().apply(store, left);
    }

    @Override
    public boolean plantLeftover(ArtifactKind kind) {
      Instant now = clock().instant();
      left.add(new Leftover(kind, Leftover.Type.FILE, "half", now, OptionalLong.of(1)));
      return true;
    }
  }

  /** With leftovers, and nothing wrong. */
  private static class Leaving extends DelegatingStore {
    private final ArtifactStore inner;
    private final List<Leftover> left;

    Leaving(ArtifactStore inner, List<Leftover> left) {
      super(inner);
      this.inner = inner;
      this.left = left;
    }

    ArtifactStore inner() {
      return inner;
    }

    List<Leftover> left() {
      return left;
    }

    @Override
    public Stream<Leftover> leftovers(ArtifactKind kind) {
      return left.stream().filter(each -> each.kind() == kind);
    }

    @Override
    public DeleteOutcome deleteLeftover(Leftover leftover) {
      return left.remove(leftover) ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  private static final class GrantsToAll extends Leaving {
    GrantsToAll(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Lease acquireLease(String holder, Duration period) {
      LeaseTerms checked = new LeaseTerms(holder, period);
      return new Lease() {
        @Override
        public void renew() {
          // for ever
        }

        @Override
        public void close() {
          // nobody minds
        }

        @Override
        public String toString() {
          return checked.toString();
        }
      };
    }
  }

  private static final class NeverEnds extends Leaving {
    NeverEnds(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Lease acquireLease(String holder, Duration period) {
      return inner().acquireLease(holder, period.isNegative() ? period : period.multipliedBy(100));
    }
  }

  private static final class TakesAnyHolder extends Leaving {
    TakesAnyHolder(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Lease acquireLease(String holder, Duration period) {
      return inner().acquireLease(holder.isBlank() ? "nobody" : holder, period);
    }
  }

  private static final class TellsNobody extends Leaving {
    TellsNobody(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Lease acquireLease(String holder, Duration period) {
      try {
        return inner().acquireLease(holder, period);
      } catch (StorageConflictException e) {
        throw new StorageConflictException(
            FailureContext.of(Operation.LEASE), e.condition(), "it is taken", e);
      }
    }
  }

  private static final class KeepsLease extends Leaving {
    KeepsLease(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Lease acquireLease(String holder, Duration period) {
      Lease lease = inner().acquireLease(holder, period);
      return new Lease() {
        @Override
        public void renew() {
          lease.renew();
        }

        @Override
        public void close() {
          // it runs out some day
        }
      };
    }
  }

  private static final class ShowsNothing extends Leaving {
    ShowsNothing(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Stream<Leftover> leftovers(ArtifactKind kind) {
      return Stream.empty();
    }
  }

  private static final class ShowsAll extends Leaving {
    ShowsAll(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Stream<Leftover> leftovers(ArtifactKind kind) {
      return left().stream();
    }
  }

  private static final class AlwaysRemoved extends Leaving {
    AlwaysRemoved(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public DeleteOutcome deleteLeftover(Leftover leftover) {
      left().remove(leftover);
      return DeleteOutcome.DELETED;
    }
  }

  private static final class RemovesNothing extends Leaving {
    RemovesNothing(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public DeleteOutcome deleteLeftover(Leftover leftover) {
      return left().contains(leftover) ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
    }
  }

  private static final class TellsAnotherTime extends Leaving {
    TellsAnotherTime(ArtifactStore inner, List<Leftover> left) {
      super(inner, left);
    }

    @Override
    public Optional<Instant> backendTime() {
      return inner().backendTime().map(time -> time.plusSeconds(3600));
    }
  }
}
