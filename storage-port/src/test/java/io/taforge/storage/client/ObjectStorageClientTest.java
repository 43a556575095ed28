package io.taforge.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SetClock;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStorageClientTest {
  private static final RequestId REQUEST = RequestId.random();
  private static final LogSample SAMPLE = new LogSample(REQUEST, FileName.of("a.log"));

  private final SteppingClock clock = new SteppingClock();
  private final InMemorySpace space = new InMemorySpace(clock);
  private final InMemoryArtifactStore store = new InMemoryArtifactStore(space);
  private final ObjectStorageClient client =
      new ObjectStorageClient(store, UploadLimit.ofBytes(1000));

  @BeforeEach
  void createBuckets() {
    assertThat(client.initializeBuckets())
        .extracting(BucketCheck::status)
        .containsOnly(BucketCheck.Status.CREATED);
  }

  @Test
  void aSampleGoesInAndComesOut(@TempDir Path folder) throws IOException {
    StoredArtifact stored = client.uploadLogSample(REQUEST, FileName.of("a.log"), source("hello"));

    assertThat(stored.artifact()).isEqualTo(SAMPLE);
    assertThat(client.find(SAMPLE)).contains(stored);
    assertThat(client.readBytes(SAMPLE, 5)).asString().isEqualTo("hello");
    client.downloadTo(SAMPLE, folder.resolve("copy"));
    assertThat(folder.resolve("copy")).hasContent("hello");
    try (ArtifactContent part = client.download(SAMPLE, ByteRange.last(2))) {
      assertThat(part.readBytes(2)).asString().isEqualTo("lo");
    }
  }

  @Test
  void aKnownSizeBeyondTheLimitIsRefusedBeforeAByteIsRead() {
    AtomicBoolean isOpened = new AtomicBoolean();
    ContentSource tooLarge =
        new ContentSource.Replayable(
            1001,
            () -> {
              isOpened.set(true);
              return InputStream.nullInputStream();
            });

    assertThatThrownBy(() -> client.upload(SAMPLE, tooLarge, PutOptions.defaults()))
        .isInstanceOfSatisfying(
            StorageQuotaExceededException.class,
            e -> {
              assertThat(e.limit()).isEqualTo(1000);
              assertThat(e.size()).isEqualTo(1001);
              assertThat(e.httpStatus()).isEqualTo(413);
              assertThat(e.isRetryable()).isFalse();
            });
    assertThat(isOpened).isFalse();
  }

  @Test
  void anUnknownSizeIsCutWhereTheLimitIsPassed() {
    CountingStream endless = new CountingStream();

    assertThatThrownBy(
            () -> client.upload(SAMPLE, ContentSource.of(endless), PutOptions.defaults()))
        .isInstanceOf(StorageQuotaExceededException.class)
        .hasMessageContaining("more than 1000 B");
    assertThat(client.find(SAMPLE)).isEmpty();
    assertThat(endless.count).isLessThan(10_000);
  }

  @Test
  void theLimitItselfIsAccepted() {
    byte[] content = new byte[1000];

    assertThat(client.upload(SAMPLE, ContentSource.of(content), PutOptions.defaults()).size())
        .isEqualTo(1000);
    assertThat(
            client
                .upload(
                    SAMPLE,
                    ContentSource.of(new ByteArrayInputStream(content)),
                    PutOptions.defaults())
                .size())
        .isEqualTo(1000);
  }

  @Test
  void eachBundleIsARevisionOfItsOwnAndTheNewestComesFirst() {
    StoredArtifact first = client.uploadTaBundle(REQUEST, BundleVersion.of(10), source("1"));
    StoredArtifact second = client.uploadTaBundle(REQUEST, BundleVersion.of(9), source("2"));
    StoredArtifact third = client.uploadTaBundle(REQUEST, BundleVersion.of(9), source("3"));
    client.uploadTaBundle(RequestId.random(), BundleVersion.of(1), source("other"));

    assertThat(client.revisionsOf(REQUEST))
        .extracting(Stored::facts)
        .containsExactly(third, second, first);
    assertThat(client.revisionsOf(REQUEST).get(0).artifact())
        .isInstanceOf(TaBundle.class)
        .extracting(TaBundle::version)
        .isEqualTo(BundleVersion.of(9));
  }

  @Test
  void listingsHaveSizeTimeAndMetadata() {
    client.upload(
        SAMPLE, source("hello"), PutOptions.defaults().withMetadata(Metadata.of("host", "web")));
    ValidationRunId run = ValidationRunId.random();
    client.uploadDebugBundle(run, FileName.of("d.zip"), source("zip"));

    assertThat(client.samplesOf(REQUEST))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.artifact()).isEqualTo(SAMPLE);
              assertThat(found.size()).isEqualTo(5);
              assertThat(found.storedAt()).isBefore(clock.instant());
              assertThat(found.metadata()).isEqualTo(Metadata.of("host", "web"));
              assertThat(found.contentType()).hasToString("text/plain");
              assertThat(found.sha256()).isPresent();
            });
    assertThat(client.debugBundlesOf(run).map(Stored::artifact))
        .containsExactly(new DebugBundle(run, FileName.of("d.zip")));
    assertThat(client.samplesOf(RequestId.random())).isEmpty();
  }

  @Test
  void statisticsAreCountedPerKind() {
    Instant start = clock.instant();
    client.uploadLogSample(REQUEST, FileName.of("a.log"), source("hello"));
    client.uploadLogSample(REQUEST, FileName.of("b.log"), source("world!"));
    client.uploadTaBundle(REQUEST, BundleVersion.of(1), source("bundle"));

    StorageStats stats = client.storageStats();

    StorageStats.OfKind samples = stats.of(ArtifactKind.LOG_SAMPLE);
    assertThat(samples.objects()).isEqualTo(2);
    assertThat(samples.size()).hasToString("11 B");
    assertThat(samples.oldest().orElseThrow()).isAfter(start);
    assertThat(samples.newest().orElseThrow()).isAfter(samples.oldest().orElseThrow());
    assertThat(stats.of(ArtifactKind.DEBUG_BUNDLE).oldest()).isEmpty();
    assertThat(stats.objects()).isEqualTo(3);
    assertThat(stats.size().bytes()).isEqualTo(17);
  }

  @Test
  void statisticsTellHowOldHowLargeAndWhatHasExpired() {
    Clock early = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    Instant stored = client.uploadLogSample(REQUEST, FileName.of("a.log"), source("")).storedAt();
    client.uploadLogSample(REQUEST, FileName.of("b.log"), source("hello"));
    client.uploadTaBundle(REQUEST, BundleVersion.of(1), source("bundle"));
    Instant monthLater = stored.plus(Duration.ofDays(30));

    StorageStats stats =
        client.storageStats(
            RetentionPolicy.samplesFor(Duration.ofDays(30).minusSeconds(1)),
            Clock.fixed(monthLater, ZoneOffset.UTC));

    assertThat(stats.exactAt()).isEqualTo(monthLater);
    StorageStats.OfKind samples = stats.of(ArtifactKind.LOG_SAMPLE);
    assertThat(counts(samples.ages())).containsExactly(0L, 0L, 0L, 1L, 1L, 0L, 0L);
    assertThat(samples.ages().get(3))
        .isEqualTo(
            new StorageStats.Band<>(
                Duration.ofDays(7),
                Optional.of(Duration.ofDays(30)),
                new StorageStats.Amount(1, ByteSize.of(5))));
    assertThat(counts(samples.sizes())).containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L);
    assertThat(stats.expired()).isEqualTo(new StorageStats.Amount(1, ByteSize.of(0)));
    assertThat(client.storageStats(RetentionPolicy.samplesFor(Duration.ofDays(1)), early).expired())
        .isEqualTo(new StorageStats.Amount(0, ByteSize.of(0)));
    assertThat(
            counts(
                client
                    .storageStats(RetentionPolicy.keepEverything(), early)
                    .of(ArtifactKind.LOG_SAMPLE)
                    .ages()))
        .as("what is from the future is new")
        .containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(client.storageStats().expired().objects()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1023, 1",
    "1024, 2",
    "1048575, 2",
    "1048576, 3",
    "10485760, 4",
    "104857600, 5",
    "524287999, 5",
    "524288000, 5",
    "524288001, 6"
  })
  void aSizeIsInOneBand(long size, int band) {
    List<StorageStats.Band<ByteSize>> sizes =
        tallied(size, Instant.EPOCH).of(ArtifactKind.LOG_SAMPLE).sizes();

    assertThat(counts(sizes)).hasSize(7);
    assertThat(counts(sizes).indexOf(1L)).isEqualTo(band);
    assertThat(sizes.get(band).amount().size().bytes()).isEqualTo(size);
    for (int i = 1; i < sizes.size(); i++) {
      assertThat(sizes.get(i - 1).below()).contains(sizes.get(i).from());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0",
    "PT0S, 0",
    "PT59M59S, 0",
    "PT1H, 1",
    "PT23H, 1",
    "P1D, 2",
    "P7D, 3",
    "P29D, 3",
    "P30D, 4",
    "P90D, 5",
    "P364D, 5",
    "P365D, 6",
    "P9999D, 6"
  })
  void anAgeIsInOneBand(Duration age, int band) {
    List<StorageStats.Band<Duration>> ages =
        tallied(1, Instant.EPOCH.minus(age)).of(ArtifactKind.LOG_SAMPLE).ages();

    assertThat(counts(ages)).hasSize(7);
    assertThat(counts(ages).indexOf(1L)).isEqualTo(band);
  }

  /** One sample, at the beginning of the epoch. */
  private static StorageStats tallied(long size, Instant storedAt) {
    Tally tally = new Tally(RetentionPolicy.keepEverything(), Instant.EPOCH);
    tally.add(new ArtifactSummary(SAMPLE, size, storedAt, new VersionToken("v")));
    return Tally.together(Instant.EPOCH, Map.of(ArtifactKind.LOG_SAMPLE, tally), Map.of());
  }

  private static List<Long> counts(List<? extends StorageStats.Band<?>> bands) {
    return bands.stream().map(each -> each.amount().objects()).toList();
  }

  @Test
  void deletingSaysWhetherThereWasSomething() {
    client.upload(SAMPLE, source("hello"), PutOptions.defaults());

    assertThat(client.delete(SAMPLE)).isEqualTo(DeleteOutcome.DELETED);
    assertThat(client.delete(SAMPLE)).isEqualTo(DeleteOutcome.ABSENT);
    assertThatThrownBy(() -> client.download(SAMPLE)).isInstanceOf(StorageNotFoundException.class);
  }

  @Test
  void linksAreUnsupportedWhereThereIsNoSigner() {
    LinkRequest request = LinkRequest.download(SAMPLE).validFor(Duration.ofMinutes(1));
    ArtifactStore signerless =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) ->
                    method.getName().equals("linkSigner")
                        ? Optional.empty()
                        : method.invoke(store, arguments));

    assertThat(client.link(request).expiresAt()).isAfter(Instant.EPOCH);
    assertThatThrownBy(
            () -> new ObjectStorageClient(signerless, UploadLimit.ofBytes(1000)).link(request))
        .isInstanceOf(StorageUnsupportedException.class);
    assertThat(LinkRequest.download(SAMPLE.key())).isEqualTo(LinkRequest.download(SAMPLE));
    assertThat(LinkRequest.upload(SAMPLE.key())).isEqualTo(LinkRequest.upload(SAMPLE));
    assertThatThrownBy(() -> LinkRequest.upload(SAMPLE).validFor(Duration.ofDays(8)))
        .hasMessageContaining("1 second to 7 days");
  }

  @Test
  void readingIntoMemoryIsCapped() {
    client.upload(SAMPLE, source("hello"), PutOptions.defaults());

    assertThatThrownBy(() -> client.readBytes(SAMPLE, 4))
        .isInstanceOf(StorageQuotaExceededException.class);
  }

  @Test
  void aDamagedDownloadLeavesTheFileAsItWas(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("copy"), "before");
    client.upload(SAMPLE, source("hello"), PutOptions.defaults());
    space.corrupt(
        SAMPLE.key(),
        content -> {
          content[0]++;
          return content;
        });

    assertThatThrownBy(() -> client.downloadTo(SAMPLE, file))
        .isInstanceOf(StorageIntegrityException.class);

    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
  }

  @Test
  void aDownloadGoesThroughALinkAndNotInItsPlace(@TempDir Path folder) throws IOException {
    client.upload(SAMPLE, source("hello"), PutOptions.defaults());
    Path target = Files.writeString(folder.resolve("target"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    client.downloadTo(SAMPLE, link);

    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("hello");
    assertThatThrownBy(() -> client.downloadTo(SAMPLE, folder)).isInstanceOf(IOException.class);
  }

  private static ContentSource source(String text) {
    return ContentSource.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class CountingStream extends InputStream {
    private long count;

    @Override
    public int read() {
      count++;
      return 'x';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int some = Math.min(length, 700);
      count += some;
      return some;
    }
  }

  /** Goes on by a second whenever somebody looks. */
  private static final class SteppingClock extends SetClock {
    SteppingClock() {
      super(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Override
    public Instant instant() {
      Instant next = super.instant().plusSeconds(1);
      set(next);
      return next;
    }
  }
}
