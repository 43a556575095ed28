package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the cases of all areas have in common: an empty space, a store on it, and short words. */
abstract class ContractCases {
  /** More entries than any case lists. */
  static final int MOST_ENTRIES = 3000;

  /** By how much two looks at a backend's clock may differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** The same where a server may begin its answer long before it has put parts together. */
  private static final Duration TOLERANCE_FOR_PARTS = Duration.ofSeconds(10);

  /** The fewest bytes that go to a server in parts. */
  private static final int FEWEST_FOR_PARTS = 5 << 20;

  private final List<ArtifactStore> opened = new ArrayList<>();
  private @Nullable ArtifactStoreHarness harness;

  /** The store under test. */
  ArtifactStore store;

  /** A request that nothing has been stored for. */
  RequestId request;

  /** Asks the adapter's author for a new harness. */
  abstract ArtifactStoreHarness newHarness();

  @BeforeEach
  void openStore() {
    harness = newHarness();
    store = another();
    request = RequestId.random();
  }

  @AfterEach
  void closeStores() {
    try {
      Thread.interrupted(); // a case that interrupts must not make the clean-up fail
      opened.forEach(ArtifactStore::close);
    } finally {
      if (harness != null) { // there is none if its author has aborted, for want of a server
        harness.cleanup();
      }
    }
  }

  final ArtifactStoreHarness harness() {
    return Objects.requireNonNull(harness);
  }

  /** One more handle to the same space. */
  final ArtifactStore another() {
    return closedLater(harness().open());
  }

  final ArtifactStore closedLater(ArtifactStore one) {
    opened.add(one);
    return one;
  }

  /** Whether the author claims this capability; the store must say the same beforehand. */
  final boolean can(Capability capability) {
    boolean isClaimed = harness().capabilities().contains(capability);
    assertThat(store.capabilities().contains(capability))
        .as("The store says that it has the capability %s", capability)
        .isEqualTo(isClaimed);
    return isClaimed;
  }

  /** What the harness has to offer; the case is not run without it, and the report says so. */
  static <T> T need(Optional<T> offered, String what) {
    return offered.orElseGet(() -> abort("the harness has no " + what));
  }

  final LogSample sample(String name) {
    return new LogSample(request, FileName.of(name));
  }

  /** Bytes that look like noise and are the same for the same seed. */
  static byte[] bytes(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  /** Stores it; what the store then finds. */
  final StoredArtifact put(Artifact artifact, byte[] content) {
    return confirmed(store.put(artifact, ContentSource.of(content), PutOptions.defaults()));
  }

  /** What the store finds, which must be what it has told, give or take some seconds. */
  final StoredArtifact confirmed(StoredArtifact told) {
    StoredArtifact found =
        store
            .find(told.artifact())
            .orElseThrow(() -> new AssertionError("Not found just after it was stored: " + told));
    StoredArtifact toldLater =
        new StoredArtifact(
            told.artifact(),
            told.size(),
            found.storedAt(),
            told.version(),
            told.sha256(),
            told.contentType(),
            told.metadata());
    assertThat(toldLater).isEqualTo(found);
    Duration tolerance = told.size() < FEWEST_FOR_PARTS ? CLOCK_TOLERANCE : TOLERANCE_FOR_PARTS;
    assertThat(told.storedAt())
        .isCloseTo(found.storedAt(), within(tolerance.toSeconds(), ChronoUnit.SECONDS));
    return found;
  }

  /** Stores a few bytes as each of these, several at a time. */
  final void putAll(List<? extends Artifact> artifacts) {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<StoredArtifact>> puts = new ArrayList<>();
      for (Artifact artifact : artifacts) {
        byte[] content = artifact.fileName().value().getBytes(StandardCharsets.UTF_8);
        puts.add(
            threads.submit(
                () -> store.put(artifact, ContentSource.of(content), PutOptions.defaults())));
      }
      for (Future<StoredArtifact> each : puts) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("Cannot put " + artifacts.size() + " artifacts", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** So many samples of the request, in the order of their keys. */
  final List<LogSample> samples(int count) {
    return IntStream.range(0, count).mapToObj(i -> sample("%05d.log".formatted(i))).toList();
  }

  /** The whole content, read through the store under test. */
  final byte[] read(Artifact artifact) {
    return read(store, artifact);
  }

  static byte[] read(ArtifactStore store, Artifact artifact) {
    try (ArtifactContent content = store.get(artifact)) {
      return content.stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The artifacts of a kind, as the store lists them; a listing without end is cut. */
  final List<Artifact> listed(ArtifactKind kind) {
    return store
        .scan(KeyPrefix.all(kind))
        .limit(MOST_ENTRIES)
        .map(ArtifactSummary::artifact)
        .toList();
  }

  /** Fails if something that should be neither visible nor there was left behind. */
  final void assertNothingLeftBehind() {
    harness()
        .backdoor()
        .ifPresent(
            door -> {
              List<String> leftovers = door.leftovers();
              if (!leftovers.isEmpty()) {
                throw new AssertionError("Left behind: " + leftovers);
              }
            });
  }
}
