package io.taforge.storage.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentLeaks;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ListQuery;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.client.AsyncObjectStorageClient;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Area O: opening and closing, being interrupted, being late, and telling how it gets on. */
abstract class LifeCycleCases extends ContractCases {
  private static final byte[] CONTENT = bytes(300_000, 15);

  /** What a busy machine may add to a time-out. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private record Progress(long bytes, OptionalLong total) {}

  private record Ending(@Nullable Throwable failure, Duration time) {}

  @Case("O01")
  void aClosedStoreRefusesEveryCall() {
    StoredArtifact stored = put(sample("a.log"), CONTENT);
    ArtifactStore closed = another();
    closed.close();

    assertThat(calls(stored.version()))
        .allSatisfy(
            (name, call) ->
                assertThatThrownBy(() -> call.accept(closed))
                    .as(name)
                    .isInstanceOf(StorageClosedException.class));
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("O02")
  void closingAStoreEndsNeitherAnotherOneNorContentThatIsOpen() throws IOException {
    put(sample("a.log"), CONTENT);
    ArtifactStore other = another();
    try (ArtifactContent open = other.get(sample("a.log"))) {
      assertThat(open.stream().read()).isEqualTo(CONTENT[0] & 0xFF);
      other.close();

      assertThat(open.stream().readAllBytes()).hasSize(CONTENT.length - 1);
    }
    put(sample("b.log"), CONTENT);
    assertThat(read(sample("b.log"))).isEqualTo(CONTENT);
    assertThat(read(another(), sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("O03")
  void closingTwiceIsClosingOnce() {
    ArtifactStore other = another();
    other.close();
    other.close();

    assertThatThrownBy(() -> other.find(sample("a.log")))
        .isInstanceOf(StorageClosedException.class);
    put(sample("a.log"), CONTENT);
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("O04")
  void anInterruptEndsWhatTheThreadIsDoingAndChangesNothing() throws Exception {
    StoredArtifact old = put(sample("old.log"), CONTENT);

    assertThat(calls(old.version()))
        .allSatisfy(
            (name, call) ->
                assertInterrupted(
                    name,
                    () -> {
                      Thread.currentThread().interrupt();
                      call.accept(store);
                    }));
    for (Artifact artifact : List.of(sample("new.log"), sample("old.log"))) {
      assertInterrupted(
          "the source goes on as if nothing were",
          () -> store.put(artifact, interruptingTheReader(), PutOptions.defaults()));
      assertInterruptedWhileTheSourceBlocks(artifact);
    }

    assertThat(another().find(sample("old.log"))).contains(old);
    assertThat(read(sample("old.log"))).isEqualTo(CONTENT);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("old.log"));
    assertNothingLeftBehind();
  }

  @Case("O05")
  void aPutThatMissesItsDeadlineChangesNothing() {
    StoredArtifact old = put(sample("old.log"), CONTENT);
    PutOptions hurried = PutOptions.defaults().within(Duration.ofMillis(200));

    for (Artifact artifact : List.of(sample("new.log"), sample("old.log"))) {
      assertThatThrownBy(() -> store.put(artifact, trickle(Duration.ofSeconds(2)), hurried))
          .isInstanceOf(StorageConnectionException.class);
    }
    assertThat(another().find(sample("old.log"))).contains(old);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("old.log"));
    assertNothingLeftBehind();
  }

  @Case("O06")
  void aBackendThatNeverAnswersIsNotWaitedForLongerThanPatienceLasts() throws Exception {
    Faults faults = need(harness().faults(), "faults");
    put(sample("a.log"), CONTENT);
    List<Runnable> calls =
        List.of(
            () -> store.find(sample("a.log")),
            () -> read(sample("a.log")),
            () -> store.list(ListQuery.of(KeyPrefix.samplesOf(request))));
    Duration limit = faults.patience().plus(MARGIN);
    ExecutorService callers = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<Ending>> endings = new ArrayList<>();
      for (Runnable call : calls) {
        faults.stallNext();
        endings.add(callers.submit(() -> ending(call)));
        MILLISECONDS.sleep(300); // by then it has asked, and the next one is stalled, too
      }
      for (Future<Ending> each : endings) {
        Ending ending = within(limit, each);
        // the next attempt, if there is one, is answered again
        assertThat(ending.failure())
            .satisfiesAnyOf(
                failure -> assertThat(failure).isNull(),
                failure -> assertThat(failure).isInstanceOf(StorageConnectionException.class));
        assertThat(ending.time()).isLessThan(limit);
      }
    } finally {
      callers.shutdownNow();
      faults.heal();
    }
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("O07")
  void noMoreThanTheAllowedNumberOfUploadsIsUnderWayAtATime() throws Exception {
    ReadingGauge gauge = new ReadingGauge();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (AsyncObjectStorageClient client =
        new AsyncObjectStorageClient(new ObjectStorageClient(store), threads, 2)) {
      List<CompletableFuture<StoredArtifact>> uploads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        uploads.add(client.upload(sample(i + ".log"), gauge.source(i), PutOptions.defaults()));
      }
      for (CompletableFuture<StoredArtifact> upload : uploads) {
        upload.get(60, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(gauge.most.get()).isBetween(1, 2);
    assertThat(gauge.open).as("sources that were not closed").isEmpty();
    for (int i = 0; i < 8; i++) {
      assertThat(read(sample(i + ".log"))).isEqualTo(ReadingGauge.content(i));
    }
  }

  @Case("O08")
  void progressNeverFallsAndEndsAtTheTotal() {
    for (int size : new int[] {0, 1, 300_000, 3_000_000}) {
      byte[] content = bytes(size, size);
      assertThat(progressOf(ContentSource.of(content)))
          .as("known length %s", size)
          .satisfies(steps -> assertProgress(steps, size))
          .extracting(Progress::total)
          .containsOnly(OptionalLong.of(size));
      assertThat(progressOf(ContentSource.of(new ByteArrayInputStream(content))))
          .as("unknown length %s", size)
          .satisfies(steps -> assertProgress(steps, size))
          .extracting(Progress::total)
          .isSubsetOf(OptionalLong.empty(), OptionalLong.of(size));
      harness().faults().ifPresent(faults -> faults.throttleNext(1));
      assertThat(progressOf(ContentSource.of(content)))
          .as("length %s after a second attempt", size)
          .satisfies(steps -> assertProgress(steps, size));
    }
  }

  @Case("O09")
  void contentThatIsForgottenIsClosedAndReported() throws Exception {
    put(sample("forgotten.log"), CONTENT);
    put(sample("closed.log"), CONTENT);
    List<Artifact> leaks = new CopyOnWriteArrayList<>();
    try (ContentLeaks.Subscription subscription = ContentLeaks.subscribe(leaks::add)) {
      openAndForget(sample("forgotten.log"));
      read(sample("closed.log"));
      for (int i = 0; i < 200 && !leaks.contains(sample("forgotten.log")); i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(subscription).isNotNull();
    }

    assertThat(leaks).contains(sample("forgotten.log")).doesNotContain(sample("closed.log"));
    store.delete(sample("forgotten.log")); // some file systems refuse that while a file is open
    assertThat(store.find(sample("forgotten.log"))).isEmpty();
  }

  /** Every method that asks the backend, as far as the store has the capability for it. */
  private Map<String, Consumer<ArtifactStore>> calls(VersionToken version) {
    LogSample sample = sample("a.log");
    KeyPrefix folder = KeyPrefix.samplesOf(request);
    ListQuery query = ListQuery.of(folder);
    ContentSource content = ContentSource.of(CONTENT);
    Map<String, Consumer<ArtifactStore>> calls = new LinkedHashMap<>();
    calls.put("put", each -> each.put(sample, content, PutOptions.defaults()));
    calls.put("get", each -> each.get(sample).close());
    calls.put("get a range", each -> each.get(sample, ByteRange.of(1, 2)).close());
    calls.put("find", each -> each.find(sample));
    calls.put("list", each -> each.list(query));
    calls.put("listDetailed", each -> each.listDetailed(query));
    calls.put("listFolders", each -> each.listFolders(query));
    calls.put("scan", each -> each.scan(folder).forEach(found -> {}));
    calls.put("scanDetailed", each -> each.scanDetailed(folder).forEach(found -> {}));
    calls.put("delete", each -> each.delete(sample));
    calls.put("deleteMany", each -> each.deleteMany(List.of(sample)));
    calls.put("deleteFolder", each -> each.deleteFolder(folder));
    calls.put("deleteEverything", each -> each.deleteEverything(ArtifactKind.LOG_SAMPLE));
    calls.put("createBuckets", ArtifactStore::createBuckets);
    calls.put("verifyBuckets", ArtifactStore::verifyBuckets);
    calls.put("recreateBucket", each -> each.recreateBucket(ArtifactKind.DEBUG_BUNDLE, ""));
    if (can(Capability.CONDITIONAL_DELETE)) {
      calls.put("deleteUnchanged", each -> each.deleteUnchanged(sample, version));
    }
    if (can(Capability.METADATA_UPDATE)) {
      calls.put("replaceMetadata", each -> each.replaceMetadata(sample, Metadata.none(), version));
    }
    if (can(Capability.TAGS)) {
      calls.put("tags", each -> each.tags(sample));
    }
    return calls;
  }

  private static void assertInterrupted(String what, ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    boolean isInterrupted = Thread.interrupted();

    assertThat(failure).as(what).isInstanceOf(StorageInterruptedException.class);
    assertThat(isInterrupted).as(what + ": the thread's interrupt status").isTrue();
  }

  private void assertInterruptedWhileTheSourceBlocks(Artifact artifact) throws Exception {
    CountDownLatch isBlocked = new CountDownLatch(1);
    CompletableFuture<Void> result = new CompletableFuture<>();
    Thread uploader =
        new Thread(
            () -> {
              try {
                assertInterrupted(
                    "the source blocks",
                    () -> store.put(artifact, blocking(isBlocked), PutOptions.defaults()));
                result.complete(null);
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "uploader");
    uploader.setDaemon(true);
    uploader.start();
    assertThat(isBlocked.await(30, SECONDS)).as("the source is read").isTrue();
    uploader.interrupt();
    within(Duration.ofSeconds(30), result);
  }

  private static Ending ending(Runnable call) {
    long startedAt = System.nanoTime();
    Throwable failure = catchThrowable(call::run);
    return new Ending(failure, Duration.ofNanos(System.nanoTime() - startedAt));
  }

  private static <T> T within(Duration time, Future<T> result) throws Exception {
    try {
      return result.get(time.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Still nothing after " + time, e);
    } catch (ExecutionException e) {
      throw new AssertionError("It has failed: " + e.getMessage(), e);
    }
  }

  private List<Progress> progressOf(ContentSource source) {
    List<Progress> steps = new CopyOnWriteArrayList<>();
    store.put(
        sample("a.log"),
        source,
        PutOptions.defaults().telling((bytes, total) -> steps.add(new Progress(bytes, total))));
    return steps;
  }

  private static void assertProgress(List<? extends Progress> steps, long size) {
    assertThat(steps).isNotEmpty().extracting(Progress::bytes).isSorted().endsWith(size);
  }

  /** In a method of its own, so that no local variable keeps it. */
  private void openAndForget(Artifact artifact) throws IOException {
    assertThat(store.get(artifact).stream().read()).isEqualTo(CONTENT[0] & 0xFF);
  }

  /** Sets the interrupt status of whoever reads it, and goes on. */
  private static ContentSource interruptingTheReader() {
    return ContentSource.of(
        new ByteArrayInputStream(CONTENT) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > 0) {
              Thread.currentThread().interrupt();
            }
            return super.read(buffer, offset, Math.min(length, 1000));
          }
        });
  }

  /** Gives some bytes, and then none until the reader is interrupted, as a pipe would. */
  private static ContentSource blocking(CountDownLatch isBlocked) {
    return ContentSource.of(
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (count++ < 100) {
              return 'x';
            }
            isBlocked.countDown();
            pause(Duration.ofSeconds(30));
            return -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int next = read();
            buffer[offset] = (byte) next;
            return next < 0 ? -1 : 1;
          }
        });
  }

  /** Gives a byte every now and then. */
  private static ContentSource trickle(Duration time) {
    Duration pause = Duration.ofMillis(20);
    return ContentSource.of(
        new InputStream() {
          private long left = time.dividedBy(pause);

          @Override
          public int read() throws IOException {
            pause(pause);
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int next = read();
            buffer[offset] = (byte) next;
            return next < 0 ? -1 : 1;
          }
        });
  }

  private static void pause(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while waiting for bytes");
    }
  }

  /** Counts how many sources are open at a time. */
  private static final class ReadingGauge {
    final AtomicInteger most = new AtomicInteger();
    final Map<Integer, Integer> open = new ConcurrentHashMap<>();

    static byte[] content(int number) {
      return bytes(10_000 + number, number);
    }

    ContentSource source(int number) {
      byte[] content = content(number);
      return new ContentSource.Replayable(content.length, () -> stream(number, content));
    }

    private InputStream stream(int number, byte[] content) {
      open.merge(number, 1, Integer::sum);
      most.accumulateAndGet(open.size(), Math::max);
      return new ByteArrayInputStream(content) {
        private boolean isClosed;

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
          try {
            Thread.sleep(5); // long enough to meet the others
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return super.read(buffer, offset, Math.min(length, 1000));
        }

        @Override
        public void close() {
          if (!isClosed) {
            isClosed = true;
            open.computeIfPresent(number, (same, count) -> count == 1 ? null : count - 1);
          }
        }
      };
    }
  }
}
