package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Scrub;
import io.taforge.storage.client.ScrubReport;
import io.taforge.storage.client.ScrubReport.Finding;
import io.taforge.storage.client.ScrubReport.Verdict;
import io.taforge.storage.contract.Backdoor;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** That a scrub of a server finds bits that were flipped there, past the adapter. */
final class ScrubProof {
  private static final int EACH = 20;
  private static final byte[] CONTENT = new byte[10_000];

  private final ArtifactStore store;
  private final Backdoor backdoor;
  private final S3Client client;
  private final RequestId request = RequestId.random();

  ScrubProof(ArtifactStore store, Backdoor backdoor, S3Client client) {
    this.store = store;
    this.backdoor = backdoor;
    this.client = client;
  }

  void flippedBitsAreFound() {
    long seed = Long.getLong("scrub.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < EACH; i++) {
      put("fine-%d.log".formatted(i));
      backdoor.damage(put("rotten-%d.log".formatted(i)), bytes -> flipped(bytes, random));
    }
    Artifact unlabelled = put("unlabelled.log");
    loseChecksum(unlabelled);
    String foreign = "samples/" + request + "/foreign.log";
    backdoor.plant(ArtifactKind.LOG_SAMPLE, foreign, "by another program".getBytes(UTF_8));

    ScrubReport report =
        new ObjectStorageClient(store).scrub(Scrub.everything(), Clock.systemUTC());

    System.out.printf(
        "Reliability S1: %d bits flipped on a server, %d found (seed %d)%n",
        EACH, report.damaged().objects() - 1, seed);
    assertThat(report.verified().objects()).isEqualTo(EACH);
    assertThat(report.damaged().objects()).isEqualTo(EACH + 1);
    assertThat(report.unverifiable().objects()).isOne();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.findings())
        .extracting(Finding::verdict, Finding::name)
        .contains(
            tuple(Verdict.DAMAGED, unlabelled.key().value()), tuple(Verdict.UNVERIFIABLE, foreign));
  }

  private Artifact put(String name) {
    LogSample sample = new LogSample(request, FileName.of(name));
    store.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
    return sample;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] other = bytes.clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  /** One letter of the checksum is no hexadecimal digit any more. */
  private void loseChecksum(Artifact artifact) {
    String bucket = store.buckets().of(artifact.kind());
    String key = artifact.key().value();
    Map<String, String> metadata =
        new HashMap<>(client.headObject(head -> head.bucket(bucket).key(key)).metadata());
    metadata.computeIfPresent("taforge-sha256", (name, hex) -> "q" + hex.substring(1));
    client.putObject(
        put -> put.bucket(bucket).key(key).metadata(metadata), RequestBody.fromBytes(CONTENT));
  }
}
