package io.taforge.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageRejectedException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultyArtifactStoreTest {
  private static final byte[] CONTENT = "GET / HTTP/1.1\n".repeat(100).getBytes(UTF_8);
  private static final StoreFault NO_CONNECTION =
      StoreFault.failure(StorageConnectionException::new);

  private final RequestId request = RequestId.random();
  private final LogSample sample = new LogSample(request, FileName.of("a.log"));
  private final InMemoryArtifactStore inner =
      new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC()));
  private final FaultyArtifactStore store = FaultyArtifactStore.over(inner);

  FaultyArtifactStoreTest() {
    inner.createBuckets();
  }

  static List<BiFunction<FailureContext, String, StorageException>> kindsOfFailure() {
    return List.of(
        StorageAccessDeniedException::new,
        StorageAuditException::new,
        StorageBucketException::new,
        StorageClosedException::new,
        (context, reason) -> StorageConflictException.alreadyStored(context),
        StorageConnectionException::new,
        StorageDownloadException::new,
        StorageIntegrityException::new,
        StorageInterruptedException::new,
        StorageNotFoundException::new,
        (context, reason) ->
            new StorageQuotaExceededException(context, UploadLimit.ofMegabytes(1), 2 << 20),
        StorageRangeException::new,
        StorageRejectedException::new,
        StorageRetentionException::new,
        StorageUnsupportedException::new,
        StorageUploadException::new);
  }

  @ParameterizedTest
  @MethodSource("kindsOfFailure")
  void anyFailureBefallsAnyCallWithItsContext(
      BiFunction<FailureContext, String, StorageException> kind) {
    store.next(Operation.PUT, StoreFault.failure(kind));

    StorageException failure = (StorageException) catchThrowable(() -> put(CONTENT));
    assertThat(failure.context().operation()).isEqualTo(Operation.PUT);
    assertThat(failure.context().key()).contains(sample.key().value());
    assertThat(inner.find(sample)).isEmpty();
    assertThat(store.injections()).singleElement().asString().matches("PUT 1 .*a\\.log: failure");
  }

  @Test
  void thereIsAKindForEveryFailureOfTheTaxonomy() {
    FailureContext context = FailureContext.of(Operation.PUT);

    assertThat(kindsOfFailure())
        .extracting(kind -> (Object) kind.apply(context, "x").getClass())
        .containsExactlyInAnyOrder((Object[]) StorageException.class.getPermittedSubclasses());
  }

  @Test
  void theScriptSaysWhichCallOfWhichOperation() {
    store.atCall(Operation.FIND, 2, NO_CONNECTION).next(Operation.LIST, NO_CONNECTION);

    assertThat(store.find(sample)).isEmpty();
    assertThatThrownBy(() -> store.find(sample)).isInstanceOf(StorageConnectionException.class);
    assertThat(store.find(sample)).isEmpty();
    assertThatThrownBy(() -> store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).count())
        .isInstanceOf(StorageConnectionException.class);
    assertThat(store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))).isEmpty();
    store.always(Operation.FIND, NO_CONNECTION);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> store.find(sample)).isInstanceOf(StorageConnectionException.class);
    }
    store.heal();
    assertThat(store.find(sample)).isEmpty();
    assertThat(store.injections()).extracting(Injection::call).containsExactly(2L, 1L, 4L, 5L, 6L);
    assertThat(store.injectionCount()).isEqualTo(5);
  }

  @Test
  void anAnswerIsLostWhenTheCallHasDoneItsWork() {
    store.next(Operation.PUT, StoreFault.lostAnswer());
    store.next(Operation.DELETE, StoreFault.lostAnswer());

    assertThatThrownBy(() -> put(CONTENT)).isInstanceOf(StorageConnectionException.class);
    assertThat(inner.find(sample)).isPresent();
    assertThatThrownBy(() -> store.delete(sample)).isInstanceOf(StorageConnectionException.class);
    assertThat(inner.find(sample)).isEmpty();
  }

  @Test
  void contentIsCutOrChangedAndItsReaderFindsOut() {
    put(CONTENT);
    for (long at : new long[] {0, 700, CONTENT.length + 1}) {
      store.next(Operation.GET, StoreFault.cutAfter(at));
      assertThatThrownBy(this::read).isInstanceOf(StorageConnectionException.class);
      store.next(Operation.GET, StoreFault.flippedBitAt(at));
      assertThatThrownBy(this::read).isInstanceOf(StorageIntegrityException.class);
    }
    assertThat(read()).isEqualTo(CONTENT);
    store.next(Operation.GET, StoreFault.flippedBitAt(2));
    try (ArtifactContent part = store.get(sample, new ByteRange.Slice(3, 4))) {
      assertThat(part.readBytes(4)).isEqualTo(new byte[] {' ', '/', ' ' ^ 1, 'H'});
    }
  }

  @Test
  void emptyContentCannotBeCutOrChanged() {
    put(new byte[0]);
    store.next(Operation.GET, StoreFault.cutAfter(0));
    store.next(Operation.GET, StoreFault.flippedBitAt(0));

    assertThat(read()).isEmpty();
    assertThat(read()).isEmpty();
  }

  @Test
  void aDelayEndsWithAnInterrupt() {
    store.next(Operation.PUT, StoreFault.delay(Duration.ofMillis(50)));
    long startedAt = System.nanoTime();
    put(CONTENT);
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
        .isGreaterThan(Duration.ofMillis(45));

    store.next(Operation.DELETE, StoreFault.delay(Duration.ofMinutes(5)));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.delete(sample)).isInstanceOf(StorageInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(inner.find(sample)).isPresent();
  }

  @Test
  void deletionsReportTheFailureOfEach() {
    LogSample other = new LogSample(request, FileName.of("b.log"));
    put(CONTENT);
    store.next(Operation.DELETE, NO_CONNECTION).next(Operation.DELETE, StoreFault.lostAnswer());

    for (boolean isLeft : List.of(true, false)) {
      DeleteReport report = store.deleteMany(List.of(sample, other, sample));
      assertThat(report.removed()).isEmpty();
      assertThat(report.failures())
          .extracting(DeleteReport.Failure::artifact)
          .containsExactly(sample, other);
      assertThat(inner.find(sample).isPresent()).isEqualTo(isLeft);
    }
    assertThat(store.deleteMany(List.of(sample)).isComplete()).isTrue();
  }

  @Test
  void aLeaseIsNotRenewedAndAViewCountsLikeItsStore() {
    store.atCall(Operation.LEASE, 2, NO_CONNECTION).atCall(Operation.FIND, 2, NO_CONNECTION);

    try (Lease lease = store.acquireLease("me", Duration.ofMinutes(1))) {
      assertThatThrownBy(lease::renew).isInstanceOf(StorageConnectionException.class);
      lease.renew();
    }
    ArtifactStore view = store.correlated(CorrelationId.of("x"));
    assertThat(view.find(sample)).isEmpty();
    assertThatThrownBy(() -> store.find(sample)).isInstanceOf(StorageConnectionException.class);
  }

  @Test
  void theSameSeedDoesTheSameToTheSameCalls() {
    List<String> first = drawn(42, 0.3);

    assertThat(drawn(42, 0.3)).isEqualTo(first);
    assertThat(drawn(43, 0.3)).isNotEqualTo(first);
  }

  @Test
  void theRateIsKeptAndEachKindComes() {
    List<String> drawn = drawn(7, 0.1);

    assertThat(drawn).hasSizeBetween(450, 750);
    assertThat(drawn.stream().map(each -> each.replaceFirst("\\d+ (ms|%)", "N")).distinct())
        .contains(
            "PUT failure",
            "PUT lost answer",
            "PUT delay of N",
            "GET cut at N",
            "LIST failure",
            "GET flipped bit at N",
            "GET failure",
            "DELETE lost answer",
            "FIND delay of N");
    assertThat(drawn(7, 0)).isEmpty();
    assertThat(drawn(7, 1)).hasSize(6000);
    assertThatIllegalArgumentException().isThrownBy(() -> FaultyArtifactStore.atRate(inner, 1, 2));
  }

  private static List<String> drawn(long seed, double rate) {
    FaultLottery lottery = new FaultLottery(seed, rate);
    List<Operation> operations =
        List.of(
            Operation.PUT,
            Operation.GET,
            Operation.GET,
            Operation.FIND,
            Operation.LIST,
            Operation.DELETE);
    return IntStream.rangeClosed(1, 1000)
        .boxed()
        .flatMap(
            call ->
                IntStream.range(0, operations.size())
                    .boxed()
                    .flatMap(
                        i ->
                            lottery.draw(operations.get(i), call, i == 1).stream()
                                .map(fault -> operations.get(i).name() + " " + fault)))
        .toList();
  }

  @Test
  void underALoadNothingButFailuresOfTheTaxonomyComesAndNoWrongContent() {
    FaultyArtifactStore bad = FaultyArtifactStore.atRate(inner, 11, 0.3);
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Throwable thrown =
          catchThrowable(
              () -> {
                bad.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
                try (ArtifactContent content = bad.get(sample)) {
                  assertThat(content.readBytes(CONTENT.length)).isEqualTo(CONTENT);
                }
              });
      if (thrown != null) {
        failures.add(thrown);
      }
    }

    assertThat(failures).hasSizeGreaterThan(60).allMatch(StorageException.class::isInstance);
    assertThat(failures).hasAtLeastOneElementOfType(StorageIntegrityException.class);
    assertThat(bad.injectionCount()).isGreaterThanOrEqualTo(failures.size());
    assertThat(bad.injections()).hasSize((int) bad.injectionCount());
  }

  @Test
  void everyMethodOfAStoreIsStoodBefore() {
    Set<String> throughOthers = Set.of("scan", "scanDetailed", "deleteFolder", "deleteEverything");

    Set<String> missing = new HashSet<>(signatures(ArtifactStore.class.getMethods()).toList());
    signatures(FaultyArtifactStore.class.getDeclaredMethods()).forEach(missing::remove);
    assertThat(missing)
        .extracting(each -> each.replaceFirst("\\(.*", ""))
        .containsExactlyInAnyOrderElementsOf(throughOthers);
  }

  private static Stream<String> signatures(Method[] methods) {
    return Arrays.stream(methods)
        .map(each -> each.getName() + "(" + Arrays.toString(each.getParameterTypes()));
  }

  private void put(byte[] content) {
    store.put(sample, ContentSource.of(content), PutOptions.defaults());
  }

  private byte[] read() {
    try (ArtifactContent content = store.get(sample)) {
      return content.readBytes(CONTENT.length);
    }
  }
}
