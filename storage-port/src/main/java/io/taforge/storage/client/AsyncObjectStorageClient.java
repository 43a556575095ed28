package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.audit.Caller;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * {@link ObjectStorageClient} for callers that do not want to wait.
 *
 * <p>The futures complete exceptionally with what the client throws. {@link
 * CompletableFuture#cancel} interrupts the work, or keeps it from starting; a cancelled upload
 * leaves nothing behind. At most a fixed number of operations is under way at a time; the others
 * wait in the order they came, without a thread.
 */
public final class AsyncObjectStorageClient implements AutoCloseable {
  /** How many operations are under way at a time where nothing else is said. */
  public static final int DEFAULT_CONCURRENCY = 16;

  private final ObjectStorageClient client;
  private final BoundedExecutor executor;
  private final Optional<ExecutorService> own;

  /**
   * Works in virtual threads where the running JVM has them (21 and newer), else in a pool of
   * platform threads; {@link #close} ends them.
   */
  public AsyncObjectStorageClient(ObjectStorageClient client) {
    this.client = client;
    ExecutorService threads = StorageThreads.newExecutor(DEFAULT_CONCURRENCY);
    this.own = Optional.of(threads);
    this.executor = new BoundedExecutor(threads, DEFAULT_CONCURRENCY);
  }

  /** Works in an executor of the caller's, at most so many operations at a time. */
  public AsyncObjectStorageClient(ObjectStorageClient client, Executor executor, int concurrency) {
    this.client = client;
    this.own = Optional.empty();
    this.executor = new BoundedExecutor(executor, concurrency);
  }

  private AsyncObjectStorageClient(ObjectStorageClient client, BoundedExecutor executor) {
    this.client = client;
    this.own = Optional.empty();
    this.executor = executor;
  }

  /**
   * The same in the same threads, for somebody else; see {@link ObjectStorageClient#onBehalfOf}. It
   * ends no threads when it is closed, and needs not to be.
   */
  public AsyncObjectStorageClient onBehalfOf(Caller caller) {
    return new AsyncObjectStorageClient(client.onBehalfOf(caller), executor);
  }

  /** See {@link ObjectStorageClient#upload}. */
  public CompletableFuture<StoredArtifact> upload(
      Artifact artifact, ContentSource content, PutOptions options) {
    return submit(() -> client.upload(artifact, content, options));
  }

  /** See {@link ObjectStorageClient#download(Artifact)}; whoever gets the content closes it. */
  public CompletableFuture<ArtifactContent> download(Artifact artifact) {
    return submit(() -> client.download(artifact));
  }

  /** See {@link ObjectStorageClient#download(Artifact, ByteRange)}. */
  public CompletableFuture<ArtifactContent> download(Artifact artifact, ByteRange range) {
    return submit(() -> client.download(artifact, range));
  }

  /** See {@link ObjectStorageClient#downloadTo}. */
  public CompletableFuture<StoredArtifact> downloadTo(Artifact artifact, Path file) {
    return submit(() -> client.downloadTo(artifact, file));
  }

  /** See {@link ObjectStorageClient#find}. */
  public CompletableFuture<Optional<StoredArtifact>> find(Artifact artifact) {
    return submit(() -> client.find(artifact));
  }

  /** See {@link ObjectStorageClient#delete}. */
  public CompletableFuture<DeleteOutcome> delete(Artifact artifact) {
    return submit(() -> client.delete(artifact));
  }

  /** See {@link ObjectStorageClient#samplesOf}. */
  public CompletableFuture<List<Stored<LogSample>>> samplesOf(RequestId request) {
    return submit(() -> collected(client.samplesOf(request)));
  }

  /** See {@link ObjectStorageClient#revisionsOf}. */
  public CompletableFuture<List<Stored<TaBundle>>> revisionsOf(RequestId request) {
    return submit(() -> client.revisionsOf(request));
  }

  /** See {@link ObjectStorageClient#debugBundlesOf}. */
  public CompletableFuture<List<Stored<DebugBundle>>> debugBundlesOf(ValidationRunId run) {
    return submit(() -> collected(client.debugBundlesOf(run)));
  }

  /** See {@link ObjectStorageClient#storageStats()}. */
  public CompletableFuture<StorageStats> storageStats() {
    return submit(() -> client.storageStats());
  }

  /** See {@link ObjectStorageClient#storageStats(RetentionPolicy, Clock)}. */
  public CompletableFuture<StorageStats> storageStats(RetentionPolicy retention, Clock clock) {
    return submit(() -> client.storageStats(retention, clock));
  }

  /** See {@link ObjectStorageClient#amountOf}. */
  public CompletableFuture<StorageStats.Amount> amountOf(KeyPrefix prefix) {
    return submit(() -> client.amountOf(prefix));
  }

  /** See {@link ObjectStorageClient#scrub}. */
  public CompletableFuture<ScrubReport> scrub(Scrub scrub, Clock clock) {
    return submit(() -> client.scrub(scrub, clock));
  }

  /** See {@link ObjectStorageClient#cleanupExpiredSamples}. */
  public CompletableFuture<CleanupReport> cleanupExpiredSamples(
      RetentionPolicy policy, Clock clock) {
    return submit(() -> client.cleanupExpiredSamples(policy, clock));
  }

  /**
   * Ends the threads made here, once what they are at is done; not those of a caller's executor.
   */
  @Override
  public void close() {
    own.ifPresent(ExecutorService::shutdown);
  }

  private <T> CompletableFuture<T> submit(Callable<T> work) {
    return executor.submit(work);
  }

  private static <T> List<T> collected(Stream<T> entries) {
    return entries.toList();
  }
}
