package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ListQuery;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.StorageStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Area M: what is stored is counted, exactly, and in as few requests as there are pages. */
abstract class StatisticsCases extends ContractCases {
  private static final int MANY = 2500;
  private static final int CLOCK_TOLERANCE = 2;

  @Case("M01")
  void countsAreExactWhateverHasHappened() {
    Map<Artifact, Integer> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      LogSample sample = sample(random.nextInt(15) + ".log");
      int size = random.nextInt(2000);
      switch (random.nextInt(4)) {
        case 0 -> {
          store.delete(sample);
          expected.remove(sample);
        }
        case 1 -> {
          if (creates(sample, size)) {
            expected.put(sample, size);
          }
        }
        default -> {
          put(sample, bytes(size, i));
          expected.put(sample, size);
        }
      }
    }
    List<Artifact> several = new ArrayList<>(expected.keySet()).subList(0, 3);
    store.deleteMany(several);
    several.forEach(expected::remove);
    harness()
        .backdoor()
        .ifPresent(door -> door.plant(ArtifactKind.LOG_SAMPLE, "samples/stray", new byte[] {1}));

    long bytes = expected.values().stream().mapToLong(each -> each).sum();
    for (StorageStats each : List.of(stats(), client().storageStats(), statsOfAnother())) {
      assertThat(each.of(ArtifactKind.LOG_SAMPLE).objects()).isEqualTo(expected.size());
      assertThat(each.of(ArtifactKind.LOG_SAMPLE).size().bytes()).isEqualTo(bytes);
      assertThat(each.objects()).isEqualTo(expected.size());
      assertThat(each.size().bytes()).isEqualTo(bytes);
    }
  }

  @Case("M02")
  void eachKindAndEachFolderIsCountedForItself() {
    put(sample("a.log"), bytes(10, 1));
    put(sample("b.log"), bytes(20, 2));
    put(new LogSample(RequestId.random(), FileName.of("a.log")), bytes(40, 3));
    put(new TaBundle(request, new BundleVersion(1), RevisionId.random()), bytes(80, 4));
    put(new TaBundle(request, new BundleVersion(10), RevisionId.random()), bytes(160, 5));
    put(new DebugBundle(ValidationRunId.random(), FileName.of("a.zip")), bytes(320, 6));

    StorageStats stats = stats();
    assertAmount(3, 70, stats.of(ArtifactKind.LOG_SAMPLE).amount());
    assertAmount(2, 240, stats.of(ArtifactKind.TA_BUNDLE).amount());
    assertAmount(1, 320, stats.of(ArtifactKind.DEBUG_BUNDLE).amount());
    KeyPrefix bundles = KeyPrefix.bundlesOf(request);
    assertAmount(2, 30, client().amountOf(KeyPrefix.samplesOf(request)));
    assertAmount(2, 240, client().amountOf(bundles));
    assertAmount(1, 80, client().amountOf(KeyPrefix.of(bundles + "v1/")));
    assertAmount(0, 0, client().amountOf(KeyPrefix.samplesOf(RequestId.random())));
  }

  @Case("M03")
  void statisticsTellOfWhichMomentTheyAre() {
    Instant first = put(sample("first.log"), bytes(1, 1)).storedAt();
    Instant before = harness().clock().instant();
    StorageStats stats = stats();
    Instant after = harness().clock().instant();

    assertThat(stats.exactAt()).isBetween(before, after);
    StorageStats.OfKind samples = stats.of(ArtifactKind.LOG_SAMPLE);
    assertThat(samples.oldest()).contains(first);
    assertThat(samples.newest()).contains(first);
    assertThat(first).isBefore(stats.exactAt().plusSeconds(CLOCK_TOLERANCE));
    assertThat(stats.of(ArtifactKind.TA_BUNDLE).oldest()).isEmpty();
  }

  @Case("M04")
  void thousandsAreCountedInAsFewRequestsAsThereArePages() {
    putAll(samples(MANY));
    CountedPages counting = new CountedPages(store);
    ObjectStorageClient client = new ObjectStorageClient(counting.counted());

    assertThat(client.amountOf(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).objects()).isEqualTo(MANY);
    assertThat(counting.pages())
        .as("pages for %d objects", MANY)
        .isEqualTo((MANY + ListQuery.MAX_PAGE_SIZE - 1) / ListQuery.MAX_PAGE_SIZE);
  }

  private boolean creates(LogSample sample, int size) {
    try {
      store.put(
          sample,
          ContentSource.of(new byte[size]),
          PutOptions.defaults().on(WriteCondition.ifAbsent()));
      return true;
    } catch (StorageConflictException e) {
      return false;
    }
  }

  private ObjectStorageClient client() {
    return new ObjectStorageClient(store);
  }

  private StorageStats stats() {
    return client().storageStats(RetentionPolicy.keepEverything(), harness().clock());
  }

  private StorageStats statsOfAnother() {
    return new ObjectStorageClient(another()).storageStats();
  }

  private static void assertAmount(long objects, long bytes, StorageStats.Amount amount) {
    assertThat(amount.objects()).isEqualTo(objects);
    assertThat(amount.size().bytes()).isEqualTo(bytes);
  }
}
