package io.taforge.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.testbed.Fault;
import io.taforge.testbed.ProxiedRequest;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** What only this adapter has. */
class S3ArtifactStoreTest {
  private final S3Harness harness =
      new S3Harness(S3ProxyServer.running(), S3Stores::open, Set.of(), S3Stores.Opener.class);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));

  @AfterEach
  void cleanUp() {
    harness.cleanup();
  }

  @Test
  void aClientOfTheCallersIsUsedAndNotClosed() throws IOException {
    S3Settings settings = S3Stores.settings(harness.target());
    byte[] content = bytes(12 << 20);
    try (S3Client client = S3Clients.open(settings)) {
      try (ArtifactStore store = S3ArtifactStore.using(client, settings)) {
        store.createBuckets();
        store.put(sample, ContentSource.of(content), PutOptions.defaults());
      }

      assertThat(client.listBuckets().buckets()).isNotEmpty();
      try (ArtifactStore again = S3ArtifactStore.using(client, settings)) {
        assertThat(read(again)).isEqualTo(content);
      }
    }
  }

  @Test
  void aClientWithTheSdksOwnSignaturesWillDo() throws IOException {
    S3Settings settings = S3Stores.settings(harness.target());
    byte[] content = bytes(12 << 20);
    try (S3Client client = plainClient(settings);
        ArtifactStore store = S3ArtifactStore.using(client, settings)) {
      store.createBuckets();
      store.put(sample, ContentSource.of(content), PutOptions.defaults());

      assertThat(read(store)).isEqualTo(content);
    }
  }

  @Test
  void aClientOfTheCallersDoesNotGoOnForLongerThanTheSettingsAllow() {
    S3Settings usual = S3Stores.settings(harness.target());
    S3Settings hurried =
        usual.withTransfers(usual.transfers().within(Duration.ofMillis(500), ByteSize.of(1)));
    try (S3Client client = plainClient(usual);
        ArtifactStore store = S3ArtifactStore.using(client, hurried)) {
      store.createBuckets();
      harness.proxy().injectAlways(Fault.silence().on(ProxiedRequest::isWrite));
      long startedAt = System.nanoTime();

      assertThatThrownBy(
              () -> store.put(sample, ContentSource.of(bytes(1000)), PutOptions.defaults()))
          .isInstanceOf(StorageConnectionException.class)
          .hasMessageContaining("no answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
          .isLessThan(Duration.ofSeconds(15));
    } finally {
      harness.proxy().heal();
    }
  }

  @Test
  void aClientOfTheCallersMayBeStricterThanTheSettings() {
    S3Settings usual = S3Stores.settings(harness.target());
    try (S3Client client =
            plainBuilder(usual)
                .overrideConfiguration(all -> all.apiCallTimeout(Duration.ofMillis(500)))
                .build();
        ArtifactStore store = S3ArtifactStore.using(client, usual)) {
      store.createBuckets();
      harness.proxy().injectAlways(Fault.silence().on(ProxiedRequest::isWrite));
      long startedAt = System.nanoTime();

      assertThatThrownBy(
              () -> store.put(sample, ContentSource.of(bytes(1000)), PutOptions.defaults()))
          .isInstanceOf(StorageConnectionException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
    } finally {
      harness.proxy().heal();
    }
  }

  @Test
  void withFullIntegrityTheServerKeepsTheChecksumToo() throws IOException {
    S3Settings full = S3Stores.settings(harness.target()).withIntegrity(S3Settings.Integrity.FULL);
    try (ArtifactStore store = S3ArtifactStore.open(full)) {
      store.createBuckets();
      for (byte[] content : List.of(new byte[0], bytes(1000), bytes(12 << 20))) {
        harness.proxy().forgetRequests();
        store.put(
            sample,
            ContentSource.of(content),
            PutOptions.defaults().withMetadata(Metadata.of("größe".length() + "", "é")));

        assertThat(
                harness.proxy().requests().stream()
                    .filter(each -> each.method().equals("PUT"))
                    .map(each -> each.header("x-amz-checksum-sha256")))
            .isNotEmpty()
            .allMatch(checksum -> checksum.isPresent());
        assertThat(read(store)).isEqualTo(content);
      }
      harness.proxy().inject(Fault.flippedBitAt(5_000_000));
      assertThatThrownBy(() -> read(store)).isInstanceOf(StorageIntegrityException.class);
    }
  }

  @Test
  void aSmallPutSendsTheChecksumOfItsContent() {
    S3Settings full = S3Stores.settings(harness.target()).withIntegrity(S3Settings.Integrity.FULL);
    byte[] content = bytes(1000);
    try (ArtifactStore store = S3ArtifactStore.open(full)) {
      store.createBuckets();
      harness.proxy().forgetRequests();
      store.put(sample, ContentSource.of(content), PutOptions.defaults());
    }

    String expected =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.of(content).hex()));
    assertThat(harness.proxy().requests())
        .extracting((ProxiedRequest each) -> each.header("x-amz-checksum-sha256").orElse("-"))
        .containsExactly(expected);
  }

  @Test
  void settingsShowNoSecret() {
    S3Settings settings =
        S3Settings.at(Endpoint.parse("localhost:9000", false), new Credentials("me", "hush-hush"));

    assertThat(settings.toString()).doesNotContain("hush").contains("me:***");
    assertThatThrownBy(() -> settings.withRegion(" ")).hasMessageContaining("us-east-1");
  }

  @Test
  void certificatesThatAreNoneAreRefusedAtOnce(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), "nonsense");
    S3Settings settings = S3Stores.settings(harness.target());

    assertThatThrownBy(
            () ->
                S3ArtifactStore.open(
                    settings.withConnection(settings.connection().withCertificates(file))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ca.pem holds no certificates");
  }

  private static S3Client plainClient(S3Settings settings) {
    return plainBuilder(settings).build();
  }

  private static S3ClientBuilder plainBuilder(S3Settings settings) {
    return S3Client.builder()
        .endpointOverride(settings.connection().endpoint().orElseThrow().uri())
        .region(Region.of(settings.region()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    settings.credentials().orElseThrow().accessKey(),
                    settings.credentials().orElseThrow().secretKey())));
  }

  private byte[] read(ArtifactStore store) throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      return content.stream().readAllBytes();
    }
  }

  private static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
