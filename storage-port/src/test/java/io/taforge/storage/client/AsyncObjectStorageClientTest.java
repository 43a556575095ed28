package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsyncObjectStorageClientTest {
  private final RequestId request = RequestId.random();
  private final ObjectStorageClient client = new ObjectStorageClient(new InMemoryArtifactStore());
  private final AsyncObjectStorageClient async = new AsyncObjectStorageClient(client);

  @AfterEach
  void close() {
    async.close();
  }

  @Test
  void manyUploadsAtOnceAllArrive() {
    List<CompletableFuture<StoredArtifact>> uploads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      uploads.add(async.upload(sample("s" + i), source("hello"), PutOptions.defaults()));
    }

    uploads.forEach(CompletableFuture::join);

    assertThat(async.samplesOf(request).join()).hasSize(100);
    assertThat(async.storageStats().join().objects()).isEqualTo(100);
    assertThat(async.delete(sample("s1")).join()).isEqualTo(DeleteOutcome.DELETED);
    assertThat(async.find(sample("s1")).join()).isEmpty();
    try (ArtifactContent content = async.download(sample("s2")).join()) {
      assertThat(content.readBytes(5)).asString().isEqualTo("hello");
    }
  }

  @Test
  void failuresAreThoseOfTheClient() {
    assertThatThrownBy(() -> async.download(sample("missing")).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StorageNotFoundException.class);
  }

  @Test
  void cancellingInterruptsAnUploadAndLeavesNothing() throws Exception {
    BlockingSource source = new BlockingSource();
    CompletableFuture<StoredArtifact> upload =
        async.upload(sample("a"), ContentSource.of(source), PutOptions.defaults());
    source.isReading.await();

    assertThat(upload.cancel(true)).isTrue();

    assertThat(source.isInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(upload::join).isInstanceOf(CancellationException.class);
    assertThat(client.find(sample("a"))).isEmpty();
  }

  @Test
  void whatIsCancelledWhileItWaitsNeverBegins() throws Exception {
    ExecutorService one = Executors.newCachedThreadPool();
    try (AsyncObjectStorageClient narrow = new AsyncObjectStorageClient(client, one, 1)) {
      BlockingSource first = new BlockingSource();
      BlockingSource second = new BlockingSource();
      CompletableFuture<StoredArtifact> running =
          narrow.upload(sample("a"), ContentSource.of(first), PutOptions.defaults());
      CompletableFuture<StoredArtifact> waiting =
          narrow.upload(sample("b"), ContentSource.of(second), PutOptions.defaults());
      CompletableFuture<StoredArtifact> last =
          narrow.upload(sample("c"), source("hello"), PutOptions.defaults());
      first.isReading.await();

      waiting.cancel(true);
      running.cancel(true);

      assertThat(last.get(10, TimeUnit.SECONDS).size()).isEqualTo(5);
      assertThat(second.isReading.getCount()).isEqualTo(1);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void anInterruptMeantForATaskDoesNotHitTheNextOne() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (AsyncObjectStorageClient narrow = new AsyncObjectStorageClient(client, one, 1)) {
      for (int i = 0; i < 200; i++) {
        narrow.upload(sample("a"), source("hello"), PutOptions.defaults()).cancel(true);
        narrow.upload(sample("b"), source("hello"), PutOptions.defaults()).join();
      }
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aCancelledDownloadThatHasNotBegunIsNotMade() {
    AtomicReference<Runnable> work = new AtomicReference<>(() -> {});
    AsyncObjectStorageClient later = new AsyncObjectStorageClient(client, work::set, 1);
    CompletableFuture<ArtifactContent> download = later.download(sample("missing"));

    download.cancel(true);
    work.get().run();

    assertThat(download).isCancelled();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aDownloadThatIsCancelledAtTheLastMomentIsClosed() {
    client.upload(sample("a"), source("hello"), PutOptions.defaults());
    AtomicReference<Runnable> work = new AtomicReference<>(() -> {});
    AtomicReference<CompletableFuture<ArtifactContent>> download = new AtomicReference<>();
    AtomicReference<ArtifactContent> opened = new AtomicReference<>();
    ArtifactStore cancelling =
        OtherStore.than(client.store())
            .with(
                "get",
                arguments -> {
                  opened.set(client.store().get(sample("a")));
                  download.get().cancel(true);
                  return opened.get();
                })
            .open();
    AsyncObjectStorageClient later =
        new AsyncObjectStorageClient(new ObjectStorageClient(cancelling), work::set, 1);
    download.set(later.download(sample("a")));

    work.get().run();

    assertThat(download.get()).isCancelled();
    assertThatThrownBy(() -> opened.get().stream().read())
        .hasMessageContaining("the content has been closed");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void allElseIsWhatTheClientSays(@TempDir Path folder) throws IOException {
    client.upload(sample("a"), source("hello"), PutOptions.defaults());
    client.uploadTaBundle(request, BundleVersion.of(1), source("bundle"));
    ValidationRunId run = ValidationRunId.random();
    client.uploadDebugBundle(run, FileName.of("b.zip"), source("zip"));
    Clock nextYear = Clock.offset(Clock.systemUTC(), Duration.ofDays(365));
    RetentionPolicy policy = RetentionPolicy.samplesFor(Duration.ofDays(30));

    try (ArtifactContent content = async.download(sample("a"), ByteRange.from(1)).join()) {
      assertThat(content.readBytes(5)).asString().isEqualTo("ello");
    }
    StoredArtifact saved = async.downloadTo(sample("a"), folder.resolve("a")).join();
    assertThat(saved).isEqualTo(client.find(sample("a")).orElseThrow());
    assertThat(folder.resolve("a")).hasContent("hello");
    assertThat(async.revisionsOf(request).join()).isEqualTo(client.revisionsOf(request)).hasSize(1);
    assertThat(async.debugBundlesOf(run).join()).hasSize(1);
    assertThat(async.amountOf(KeyPrefix.samplesOf(request)).join())
        .isEqualTo(new StorageStats.Amount(1, ByteSize.of(5)));
    assertThat(async.storageStats(policy, nextYear).join().expired().objects()).isEqualTo(1);
    assertThat(async.scrub(Scrub.everything(), nextYear).join().verified().objects()).isEqualTo(3);
    assertThatThrownBy(() -> async.cleanupExpiredSamples(policy, nextYear).join())
        .as("the only sample is more than half of them")
        .hasCauseInstanceOf(StorageRetentionException.class);
    assertThat(async.cleanupExpiredSamples(policy, Clock.systemUTC()).join().outcome())
        .isEqualTo(CleanupReport.Outcome.DONE);
  }

  @Test
  void whatIsDoneForSomebodyElseIsRecordedForThem() {
    RecordedEvents events = new RecordedEvents();
    Caller caller = new Caller("jo", "c-1");
    try (AsyncObjectStorageClient recorded =
        new AsyncObjectStorageClient(client.recordedBy(events, Clock.systemUTC()))) {
      recorded.onBehalfOf(caller).find(sample("a")).join();
    }

    assertThat(events.all()).extracting(AuditEvent::caller).containsExactly(caller);
  }

  @Test
  void itsOwnThreadsEndWhenItIsClosedAndThoseOfTheCallerDoNot() {
    ExecutorService callers = Executors.newCachedThreadPool();
    new AsyncObjectStorageClient(client, callers, 1).close();
    async.onBehalfOf(Caller.ofThisProcess()).close();

    assertThat(callers.isShutdown()).isFalse();
    callers.shutdown();
    assertThat(async.find(sample("a")).join()).isEmpty();
    async.close();
    assertThatThrownBy(() -> async.find(sample("a")).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void anExecutorThatWasFullIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    Executor fullAtFirst =
        work -> {
          if (asked.getAndIncrement() == 0) {
            throw new RejectedExecutionException("it is full");
          }
          work.run();
        };
    AsyncObjectStorageClient narrow = new AsyncObjectStorageClient(client, fullAtFirst, 1);

    assertThatThrownBy(() -> narrow.find(sample("a")).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(narrow.find(sample("a"))).isCompletedWithValue(Optional.empty());
  }

  @Test
  void concurrencyIsPositive() {
    assertThatThrownBy(() -> new AsyncObjectStorageClient(client, Runnable::run, 0))
        .hasMessageContaining("0 is not a concurrency");
  }

  @Test
  void anInterruptOfACallerIsAFailureOfItsOwn() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client.find(sample("a")))
        .isInstanceOf(StorageInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private LogSample sample(String name) {
    return new LogSample(request, FileName.of(name));
  }

  private static ContentSource source(String text) {
    return ContentSource.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives no byte until it is interrupted. */
  private static final class BlockingSource extends InputStream {
    private final CountDownLatch isReading = new CountDownLatch(1);
    private final CountDownLatch isInterrupted = new CountDownLatch(1);

    @Override
    public int read() throws InterruptedIOException {
      isReading.countDown();
      try {
        new CountDownLatch(1).await();
        return -1;
      } catch (InterruptedException e) {
        isInterrupted.countDown();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
