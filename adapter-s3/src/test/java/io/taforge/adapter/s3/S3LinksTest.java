package io.taforge.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.SignatureV4;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What only this adapter has; no server is needed for it. */
class S3LinksTest {
  private static final Credentials SOMEONE = new Credentials("AKIDSOMEONE", "hush/hush");
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a b.log"));
  private static final Sha256 CHECKSUM = Sha256.of(new byte[1]);
  private static final S3Settings AMAZON =
      S3Settings.amazon("eu-central-1").withCredentials(SOMEONE);

  @ParameterizedTest
  @MethodSource("wishes")
  void onAmazonTheBucketIsInTheHost(LinkRequest wanted) {
    URI link = sign(AMAZON, wanted).uri();

    assertThat(link.getScheme()).isEqualTo("https");
    assertThat(link.getRawAuthority()).isEqualTo("log-samples.s3.eu-central-1.amazonaws.com");
    assertThat(link.getPath()).isEqualTo("/" + SAMPLE.key());
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void theBucketIsInThePathIfTheSettingsSaySo(LinkRequest wanted) {
    URI link = sign(AMAZON.withConnection(AMAZON.connection().withPathStyle(true)), wanted).uri();

    assertThat(link.getRawAuthority()).isEqualTo("s3.eu-central-1.amazonaws.com");
    assertThat(link.getPath()).isEqualTo("/log-samples/" + SAMPLE.key());
  }

  @Test
  void ourSignatureIsTheOneOfTheSdk() {
    for (LinkRequest wanted : wishes().subList(0, 3)) {
      LinkTerms terms = LinkTerms.of(wanted);
      URI theirs = presigned(terms);
      SignatureV4 ours =
          new SignatureV4(
              SOMEONE,
              Optional.empty(),
              "eu-central-1",
              SignatureV4.S3,
              SignatureV4.signedAt(theirs));
      URI link = sign(AMAZON, wanted).uri();

      assertThat(parameters(ours.link(terms, link))).isEqualTo(parameters(theirs));
      assertThat(link.getRawAuthority() + link.getRawPath())
          .isEqualTo(theirs.getRawAuthority() + theirs.getRawPath());
    }
  }

  @Test
  void aStrangerTellsAmazonTheChecksumInItsOwnWayToo() {
    LinkRequest wanted = LinkRequest.upload(SAMPLE).ofContent(CHECKSUM, 1);

    assertThat(sign(AMAZON, wanted).headers())
        .containsOnlyKeys(
            "x-amz-content-sha256", "x-amz-meta-taforge-sha256", "x-amz-checksum-sha256")
        .containsEntry("x-amz-checksum-sha256", "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=");
    assertThat(sign(AMAZON.withIntegrity(S3Settings.Integrity.COMPATIBLE), wanted).headers())
        .doesNotContainKey("x-amz-checksum-sha256");
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void whoBorrowsCredentialsSignsWithTheirToken(LinkRequest wanted) {
    AwsCredentialsProvider borrowed =
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create("AKIDBORROWED", "hush", "to/ken"));
    try (S3Client client = client(borrowed);
        ArtifactStore store = S3ArtifactStore.using(client, AMAZON)) {
      URI link = store.linkSigner().orElseThrow().sign(wanted).uri();

      assertThat(link.getRawAuthority()).isEqualTo("log-samples.s3.eu-west-1.amazonaws.com");
      assertThat(link.getRawQuery())
          .contains("X-Amz-Credential=AKIDBORROWED%2F")
          .contains("%2Feu-west-1%2Fs3%2Faws4_request")
          .contains("X-Amz-Security-Token=to%2Fken");
    }
  }

  @ParameterizedTest
  @MethodSource("providersOfNothing")
  void withoutCredentialsThereIsNoLink(AwsCredentialsProvider nothing) {
    try (S3Client client = client(nothing);
        ArtifactStore store = S3ArtifactStore.using(client, AMAZON)) {
      for (LinkRequest wanted : wishes()) {
        assertThatThrownBy(() -> store.linkSigner().orElseThrow().sign(wanted))
            .isInstanceOf(StorageAccessDeniedException.class)
            .hasMessageStartingWith("Cannot sign a link to log-samples/" + SAMPLE.key() + ": ");
      }
    }
  }

  static List<LinkRequest> wishes() {
    return List.of(
        LinkRequest.download(SAMPLE),
        LinkRequest.upload(SAMPLE),
        LinkRequest.upload(SAMPLE).ofType(ContentType.GZIP).ofLength(7),
        LinkRequest.upload(SAMPLE).ofType(ContentType.GZIP).ofContent(CHECKSUM, 1));
  }

  static Stream<AwsCredentialsProvider> providersOfNothing() {
    return Stream.of(
        AnonymousCredentialsProvider.create(),
        AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()),
        ProfileCredentialsProvider.builder().profileFile(ProfileFile.aggregator().build()).build());
  }

  private static SignedLink sign(S3Settings settings, LinkRequest wanted) {
    try (ArtifactStore store = S3ArtifactStore.open(settings)) {
      return store.linkSigner().orElseThrow().sign(wanted);
    }
  }

  private static S3Client client(AwsCredentialsProvider credentials) {
    return S3Client.builder().region(Region.EU_WEST_1).credentialsProvider(credentials).build();
  }

  private static URI presigned(LinkTerms terms) {
    Consumer<AwsRequestOverrideConfiguration.Builder> said =
        override -> {
          terms.query().forEach(override::putRawQueryParameter);
          terms.headers().forEach(override::putHeader);
        };
    try (S3Presigner presigner =
        S3Presigner.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(SOMEONE.accessKey(), SOMEONE.secretKey())))
            .build()) {
      return URI.create(
          (terms.method() == LinkRequest.Method.GET
                  ? presigner.presignGetObject(
                      link ->
                          link.signatureDuration(terms.validity())
                              .getObjectRequest(
                                  get ->
                                      get.bucket("log-samples")
                                          .key(SAMPLE.key().value())
                                          .overrideConfiguration(said)))
                  : presigner.presignPutObject(
                      link ->
                          link.signatureDuration(terms.validity())
                              .putObjectRequest(
                                  put ->
                                      put.bucket("log-samples")
                                          .key(SAMPLE.key().value())
                                          .overrideConfiguration(said))))
              .url()
              .toString());
    }
  }

  private static List<String> parameters(URI link) {
    return Stream.of(link.getRawQuery().split("&")).sorted().toList();
  }
}
