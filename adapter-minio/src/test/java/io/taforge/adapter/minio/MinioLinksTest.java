package io.taforge.adapter.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.SignatureV4;
import io.taforge.testbed.ClosedPort;
import java.net.ConnectException;
import java.net.URI;
import java.security.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only this adapter has; no server is needed for it. */
class MinioLinksTest {
  private static final Credentials SOMEONE = new Credentials("AKIDSOMEONE", "hush/hush");
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a b.log"));
  private static final MinioSettings SETTINGS =
      MinioSettings.at(Endpoint.parse("localhost:9000", false), SOMEONE);

  @ParameterizedTest
  @MethodSource("wishes")
  void onAmazonTheBucketIsInTheHost(LinkRequest wanted) {
    MinioSettings amazon =
        SETTINGS.withConnection(ServerConnection.toAmazon()).withRegion("eu-central-1");
    try (ArtifactStore store = MinioArtifactStore.open(amazon)) {
      URI link = sign(store, wanted).uri();

      assertThat(link.getScheme()).isEqualTo("https");
      assertThat(link.getRawAuthority()).isEqualTo("log-samples.s3.eu-central-1.amazonaws.com");
      assertThat(link.getPath()).isEqualTo("/" + SAMPLE.key());
    }
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void aLinkThatLeadsElsewhereHasTheBucketWhereTheSettingsSay(LinkRequest wanted) {
    ServerConnection connection =
        SETTINGS
            .connection()
            .withLinkEndpoint(Endpoint.parse("https://s3.example.com", true))
            .withPathStyle(false);
    try (ArtifactStore store = MinioArtifactStore.open(SETTINGS.withConnection(connection))) {
      assertThat(sign(store, wanted).uri().getRawAuthority())
          .isEqualTo("log-samples.s3.example.com");
    }
  }

  @Test
  void ourSignatureIsTheOneOfTheSdk() throws Exception {
    try (ArtifactStore store = MinioArtifactStore.open(SETTINGS);
        MinioAsyncClient sdk =
            client(
                URI.create("http://localhost:9000"),
                new StaticProvider(SOMEONE.accessKey(), SOMEONE.secretKey(), null))) {
      for (LinkRequest wanted : wishes().subList(0, 2)) {
        LinkTerms terms = LinkTerms.of(wanted);
        URI theirs =
            URI.create(
                sdk.getPresignedObjectUrl(
                    GetPresignedObjectUrlArgs.builder()
                        .method(Http.Method.valueOf(wanted.method().name()))
                        .region(SETTINGS.region())
                        .bucket("log-samples")
                        .object(SAMPLE.key().value())
                        .extraQueryParams(terms.query())
                        .expiry((int) terms.validity().toSeconds())
                        .build()));
        URI link = sign(store, wanted).uri();
        SignatureV4 ours =
            new SignatureV4(
                SOMEONE,
                Optional.empty(),
                SETTINGS.region(),
                SignatureV4.S3,
                SignatureV4.signedAt(theirs));

        assertThat(parameters(ours.link(terms, link))).isEqualTo(parameters(theirs));
        assertThat(link.getRawAuthority() + link.getRawPath())
            .isEqualTo(theirs.getRawAuthority() + theirs.getRawPath());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void aClientOfTheCallersSignsWithItsOwnCredentialsAndAsksNobody(LinkRequest wanted) {
    try (ClosedPort nobody = new ClosedPort();
        MinioAsyncClient client =
            client(nobody.endpoint(), new StaticProvider("AKIDBORROWED", "hush", "to/ken"));
        ArtifactStore store =
            MinioArtifactStore.using(client, SETTINGS.withRegion("eu-central-1"))) {
      URI link = sign(store, wanted).uri();

      assertThat(link.getPort()).isEqualTo(nobody.endpoint().getPort());
      assertThat(link.getRawQuery())
          .contains("X-Amz-Credential=AKIDBORROWED%2F")
          .contains("%2Feu-central-1%2Fs3%2Faws4_request")
          .contains("X-Amz-Security-Token=to%2Fken");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutCredentialsThereIsNoLink() {
    assertNoLink(null, StorageAccessDeniedException.class);
    assertNoLink(
        () -> {
          throw new ProviderException("nothing in the file");
        },
        StorageAccessDeniedException.class);
    assertNoLink(
        () -> {
          throw new ProviderException("nobody there", new ConnectException("refused"));
        },
        StorageConnectionException.class);
  }

  static List<LinkRequest> wishes() {
    return List.of(
        LinkRequest.download(SAMPLE),
        LinkRequest.upload(SAMPLE),
        LinkRequest.upload(SAMPLE).ofType(ContentType.GZIP).ofLength(7),
        LinkRequest.upload(SAMPLE).ofContent(Sha256.of(new byte[1]), 1));
  }

  private static void assertNoLink(
      @Nullable Provider nothing, Class<? extends StorageException> type) {
    try (MinioAsyncClient client = client(URI.create("http://localhost:9000"), nothing);
        ArtifactStore store = MinioArtifactStore.using(client, SETTINGS)) {
      for (LinkRequest wanted : wishes()) {
        assertThatThrownBy(() -> sign(store, wanted))
            .isInstanceOf(type)
            .hasMessageStartingWith("Cannot sign a link to log-samples/" + SAMPLE.key() + ": ");
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SignedLink sign(ArtifactStore store, LinkRequest wanted) {
    return store.linkSigner().orElseThrow().sign(wanted);
  }

  private static MinioAsyncClient client(URI endpoint, @Nullable Provider credentials) {
    return MinioAsyncClient.builder()
        .endpoint(endpoint.toString())
        .credentialsProvider(credentials)
        .build();
  }

  private static List<String> parameters(URI link) {
    return Stream.of(link.getRawQuery().split("&")).sorted().toList();
  }
}
