package io.taforge.adapter.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.BucketExistsArgs;
import io.minio.MinioAsyncClient;
import io.minio.credentials.StaticProvider;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only this adapter has. */
class MinioArtifactStoreTest {
  private final S3Harness harness =
      new S3Harness(S3ProxyServer.running(), MinioStores::open, Set.of(), MinioStores.Opener.class);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));

  @AfterEach
  void cleanUp() {
    harness.cleanup();
  }

  @Test
  void aClientOfTheCallersIsUsedAndNotClosed() throws Exception {
    S3Target target = harness.target();
    MinioSettings settings = MinioStores.settings(target);
    byte[] content = new byte[12 << 20];
    new Random(1).nextBytes(content);
    try (MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(target.endpoint().toString())
            .region(target.region())
            .credentials(target.accessKey(), target.secretKey())
            .build()) {
      try (ArtifactStore store = MinioArtifactStore.using(client, settings)) {
        store.createBuckets();
        store.put(sample, ContentSource.of(content), PutOptions.defaults());
      }

      BucketExistsArgs bucket =
          BucketExistsArgs.builder().bucket(target.buckets().samples()).build();
      assertThat(client.bucketExists(bucket).get()).isTrue();
      try (ArtifactStore again = MinioArtifactStore.using(client, settings)) {
        assertThat(read(again)).isEqualTo(content);
      }
    }
  }

  @Test
  void borrowedCredentialsSignWithTheirToken() throws Exception {
    S3Target target = harness.target();
    try (ArtifactStore owner = harness.open();
        MinioAsyncClient client =
            MinioAsyncClient.builder()
                .endpoint(target.endpoint().toString())
                .region(target.region())
                .credentialsProvider(
                    new StaticProvider(target.accessKey(), target.secretKey(), "borrowed"))
                .build();
        ArtifactStore store = MinioArtifactStore.using(client, MinioStores.settings(target))) {
      owner.put(sample, ContentSource.of(new byte[10]), PutOptions.defaults());
      harness.proxy().forgetRequests();

      assertThatThrownBy(() -> read(store))
          .isInstanceOf(StorageUnsupportedException.class); // this server knows no tokens
      assertThat(harness.proxy().requests())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.header("x-amz-security-token")).contains("borrowed");
                assertThat(each.header("Authorization").orElseThrow())
                    .contains("x-amz-security-token");
              });
    }
  }

  @Test
  void openingAsksNobody() {
    ArtifactStore store = MinioStores.open(harness.target());
    store.close();

    assertThat(harness.proxy().requests()).isEmpty();
  }

  @Test
  void noRequestAsksWhereABucketIs() throws IOException {
    try (ArtifactStore store = harness.open()) {
      store.put(sample, ContentSource.of(new byte[10]), PutOptions.defaults());
      read(store);
    }

    assertThat(harness.proxy().requests()).noneMatch(each -> each.query().contains("location"));
  }

  @Test
  void itsThreadsKeepNoProcessAlive() throws IOException {
    try (ArtifactStore store = harness.open()) {
      store.put(sample, ContentSource.of(new byte[10]), PutOptions.defaults());

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(each -> each.getName().matches("(taforge-minio|OkHttp|Okio).*"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void settingsShowNoSecret() {
    MinioSettings settings =
        MinioSettings.at(
            Endpoint.parse("localhost:9000", false), new Credentials("me", "hush-hush"));

    assertThat(settings.toString()).contains("me:***").doesNotContain("hush");
    assertThatThrownBy(() -> settings.withRegion(" ")).hasMessageContaining("us-east-1");
  }

  private byte[] read(ArtifactStore store) throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      return content.stream().readAllBytes();
    }
  }
}
