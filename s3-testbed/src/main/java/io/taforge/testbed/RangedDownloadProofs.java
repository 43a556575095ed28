package io.taforge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ProgressListener;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.remote.PartPlan;
import io.taforge.storage.remote.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a large download to a file when each connection is slow, and when things go wrong
 * with some of them: the same for every adapter.
 */
public abstract class RangedDownloadProofs {
  /** Slower than what is fast enough on one connection. */
  private static final long PACE = 25_000_000;

  private static final byte[] CONTENT = bytes(45_000_000, 1);

  /** Of eight megabytes each; a cold JVM may see only later that it waits. */
  private static final int MOST_RANGES = 5;

  private static final Predicate<ProxiedRequest> RANGES =
      each -> each.isDownload() && each.header("Range").isPresent();

  @TempDir Path folder;
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final List<Long> progress = new ArrayList<>();
  private final List<ArtifactStore> opened = new ArrayList<>();
  private Path file;
  private S3Harness harness;
  private FaultProxy proxy;
  private ArtifactStore store;
  private StoredArtifact stored;

  /** Opens a store of the adapter on a target. */
  protected abstract ArtifactStore open(S3Target target, TransferSettings transfers);

  /** Opens one in another process. */
  protected abstract Class<? extends Function<String, ArtifactStore>> opener();

  @BeforeEach
  final void storeContent() {
    harness =
        new S3Harness(
            S3ProxyServer.running(),
            target -> closedLater(open(target, RemoteStoreProofs.patient())),
            Set.of(),
            opener());
    proxy = harness.proxy();
    store = harness.open();
    stored = store.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
    file = folder.resolve("a.log");
    proxy.forgetRequests();
  }

  @AfterEach
  final void cleanUp() {
    Thread.interrupted();
    opened.forEach(ArtifactStore::close);
    harness.cleanup();
  }

  @Test
  public final void whatComesSlowlyComesByRangesAtOnce() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));

    save(store, (transferred, total) -> progress.add(transferred));

    assertSaved();
    assertThat(downloads().get(0).header("Range")).isEmpty();
    List<ProxiedRequest> ranges = ranges();
    assertThat(ranges)
        .hasSizeBetween(2, MOST_RANGES)
        .allSatisfy(
            each ->
                assertThat(each.header("If-Match").orElseThrow().replace("\"", ""))
                    .isEqualTo(stored.version().value().replace("\"", "")));
    assertThat(progress).isSorted().endsWith((long) CONTENT.length);
    assertThat(progress.stream().distinct()).hasSizeGreaterThan(100);
  }

  @Test
  public final void oneAtATimeIsOneRequest() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));
    TransferSettings one = RemoteStoreProofs.patient().withParts(PartPlan.defaults(), 1);

    save(closedLater(open(harness.target(), one)), ProgressListener.NONE);

    assertSaved();
    assertThat(downloads()).hasSize(1);
  }

  @Test
  public final void aStreamIsOneRequest() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));

    try (ArtifactContent content = store.get(sample)) {
      assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT);
    }
    assertThat(downloads()).hasSize(1);
  }

  @Test
  public final void aRangeGoesOnWhereItsConnectionBroke() throws IOException {
    proxy.inject(Fault.cutAfter(3_000_000).on(RANGES));
    proxy.inject(Fault.cutAfter(2_000_000).on(RANGES));
    proxy.injectAlways(Fault.paced(PACE));

    save(store, ProgressListener.NONE);

    assertSaved();
    assertThat(ranges().stream().map(RangedDownloadProofs::end).distinct())
        .hasSize(ranges().size() - 2);
  }

  @Test
  public final void aFlippedBitInARangeIsFoundAndNothingIsSaved() throws IOException {
    proxy.inject(Fault.flippedBitAt(4_000_000).on(RANGES));
    proxy.injectAlways(Fault.paced(PACE));

    assertThatThrownBy(() -> save(store, ProgressListener.NONE))
        .isInstanceOf(StorageIntegrityException.class);
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  public final void whatIsReplacedMeanwhileIsSavedAsItWas() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));
    AtomicBoolean isReplaced = new AtomicBoolean();

    save(
        store,
        (transferred, total) -> {
          if (!isReplaced.getAndSet(true)) { // before a range is asked for
            store.put(sample, ContentSource.of(bytes(10_000, 2)), PutOptions.defaults());
          }
        });

    assertThat(isReplaced).isTrue();
    assertThat(ranges()).isNotEmpty();
    assertSaved();
  }

  @Test
  public final void whereRangesAreRefusedTheAnswerBringsAll() throws IOException {
    proxy.injectAlways(Fault.refusal(403, "AccessDenied").on(RANGES));
    proxy.injectAlways(Fault.paced(PACE));

    save(store, (transferred, total) -> progress.add(transferred));

    assertThat(ranges()).isNotEmpty();
    assertSaved();
    assertThat(progress).isSorted().endsWith((long) CONTENT.length);
  }

  @Test
  public final void whenNeitherRangesNorTheAnswerComeItFails() throws IOException {
    proxy.inject(Fault.cutAfter(30_000_000).on(RANGES.negate()));
    proxy.injectAlways(Fault.refusal(403, "AccessDenied"));

    assertThatThrownBy(() -> save(store, ProgressListener.NONE))
        .isInstanceOf(StorageAccessDeniedException.class);
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  public final void itGoesOnWhenTheStoreIsClosed() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));

    save(
        store,
        (transferred, total) -> {
          if (transferred > CONTENT.length / 3) {
            store.close();
          }
        });

    assertSaved();
  }

  @Test
  public final void anInterruptEndsItAndLeavesNothing() throws Exception {
    proxy.injectAlways(Fault.silence().on(RANGES));
    proxy.injectAlways(Fault.paced(PACE));
    CompletableFuture<Throwable> result = new CompletableFuture<>();
    Thread downloader =
        new Thread(
            () -> result.complete(catchThrowable(() -> save(store, ProgressListener.NONE))),
            "downloader");
    downloader.start();
    while (ranges().isEmpty()) {
      Thread.sleep(10);
    }
    downloader.interrupt();
    proxy.heal();

    assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(StorageInterruptedException.class);
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  public final void troubleWithTheFileIsToldAsSuch() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));
    AtomicBoolean isGone = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                save(
                    store,
                    (transferred, total) -> {
                      if (!isGone.getAndSet(true)) {
                        deleteAll();
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(".part");
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  public final void connectionsAreLeftForOthers() throws IOException {
    proxy.injectAlways(Fault.paced(PACE));
    TransferSettings many = RemoteStoreProofs.patient().withParts(PartPlan.defaults(), 24);
    ArtifactStore greedy = closedLater(open(harness.target(), many)); // of 50 connections
    Path other = folder.resolve("other.log");
    AtomicBoolean hasOther = new AtomicBoolean();

    save(
        greedy,
        (transferred, total) -> {
          if (!ranges().isEmpty() && !hasOther.getAndSet(true)) {
            save(greedy, other);
          }
        });

    assertThat(other).hasBinaryContent(CONTENT);
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges()).hasSizeBetween(2, MOST_RANGES);
    assertThat(downloads()).hasSize(2 + ranges().size());
  }

  private void save(ArtifactStore from, Path target) {
    try (ArtifactContent content = from.get(sample)) {
      content.saveTo(target);
    } catch (IOException e) {
      throw new AssertionError("Cannot save to " + target, e);
    }
  }

  private void save(ArtifactStore from, ProgressListener listener) throws IOException {
    try (ArtifactContent content = from.get(sample)) {
      content.telling(listener).saveTo(file);
    }
  }

  private void assertSaved() throws IOException {
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    assertThat(filesInFolder()).containsExactly(file);
  }

  private List<Path> filesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void deleteAll() {
    try {
      for (Path each : filesInFolder()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new AssertionError("Cannot delete what is saved", e);
    }
  }

  private List<ProxiedRequest> downloads() {
    return proxy.requests().stream().filter(ProxiedRequest::isDownload).toList();
  }

  private List<ProxiedRequest> ranges() {
    return proxy.requests().stream().filter(RANGES).toList();
  }

  private static String end(ProxiedRequest range) {
    return range.header("Range").orElseThrow().replaceAll(".*-", "");
  }

  private ArtifactStore closedLater(ArtifactStore one) {
    opened.add(one);
    return one;
  }

  private static byte[] bytes(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }
}
