package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Method;
import io.taforge.storage.SignedLink;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the Amazon S3 API reference, "Authenticating Requests". */
class SignatureV4Test {
  private static final Credentials EXAMPLE =
      new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
  private static final String NOTHING = Sha256.of(new byte[0]).hex();
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  private final SignatureV4 signature =
      new SignatureV4(EXAMPLE, Optional.empty(), "us-east-1", SignatureV4.S3, THEN);

  @Test
  void aLinkIsTheOneOfTheReference() {
    LinkTerms terms = new LinkTerms(Method.GET, Duration.ofDays(1), Map.of(), Map.of());

    URI link = signature.link(terms, URI.create("https://examplebucket.s3.amazonaws.com/test.txt"));
    assertThat(link)
        .hasToString(
            "https://examplebucket.s3.amazonaws.com/test.txt"
                + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z"
                + "&X-Amz-Expires=86400"
                + "&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    assertThat(terms.link(link, THEN).expiresAt()).isEqualTo(THEN.plus(Duration.ofDays(1)));
  }

  @Test
  void aHeaderIsTheOneOfTheReferenceForADownload() {
    CanonicalRequest request =
        new CanonicalRequest(
            "GET",
            "/test.txt",
            Map.of(),
            headers("Range", "bytes=0-9", "x-amz-content-sha256", NOTHING),
            NOTHING);

    assertThat(signature.authorization(request))
        .isEqualTo(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void aHeaderIsTheOneOfTheReferenceForAnUpload() {
    String checksum = Sha256.of("Welcome to Amazon S3.".getBytes(UTF_8)).hex();
    CanonicalRequest request =
        new CanonicalRequest(
            "PUT",
            "/test%24file.text",
            Map.of(),
            headers(
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-content-sha256",
                checksum,
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"),
            checksum);

    assertThat(signature.authorization(request))
        .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void aHeaderIsTheOneOfTheReferenceForQueries(String path) {
    Map<String, List<String>> headers = headers("x-amz-content-sha256", NOTHING);
    CanonicalRequest word =
        new CanonicalRequest("GET", path, Map.of("lifecycle", List.of("")), headers, NOTHING);
    CanonicalRequest words =
        new CanonicalRequest(
            "GET",
            path,
            Map.of("prefix", List.of("J"), "max-keys", List.of("2")),
            headers,
            NOTHING);

    assertThat(signature.authorization(word))
        .endsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(signature.authorization(words))
        .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void anUploadIsBoundByHeadersThatAreSigned() {
    Sha256 checksum = Sha256.of("content".getBytes(UTF_8));
    LinkTerms terms =
        LinkTerms.of(
            LinkRequest.upload(SAMPLE)
                .ofType(ContentType.GZIP)
                .ofContent(checksum, 7)
                .validFor(Duration.ofMillis(2500)));
    URI place = URI.create("http://localhost:9000/bucket/a%20b");

    SignedLink link = terms.link(signature.link(terms, place), THEN.plusMillis(999));
    assertThat(link.uri().getRawQuery())
        .contains("X-Amz-Expires=2&")
        .contains(
            "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost"
                + "%3Bx-amz-content-sha256%3Bx-amz-meta-taforge-sha256&");
    assertThat(link.headers())
        .isEqualTo(
            Map.of(
                "Content-Type",
                "application/gzip",
                "x-amz-content-sha256",
                checksum.hex(),
                "x-amz-meta-taforge-sha256",
                checksum.hex()));
    assertThat(link.expiresAt()).isEqualTo(THEN.plusSeconds(2));
    assertThat(terms.content()).contains(checksum);
    assertThat(signature.link(terms.withHeader("Content-Length", "8"), place))
        .isNotEqualTo(link.uri());
  }

  @Test
  void aDownloadTellsTheServerWhatToAnswer() {
    LinkTerms terms = LinkTerms.of(LinkRequest.download(SAMPLE));

    assertThat(terms.query())
        .containsOnlyKeys(
            "response-cache-control", "response-content-disposition", "response-content-type");
    assertThat(terms.headers()).isEmpty();
    assertThat(signature.link(terms, URI.create("https://host/key")).getRawQuery())
        .contains("&response-content-disposition=attachment%3B%20filename");
  }

  @Test
  void aSessionTokenGoesIntoTheLinkAndNowhereElse() {
    SignatureV4 borrowed =
        new SignatureV4(EXAMPLE, Optional.of("to/ken=="), "us-east-1", SignatureV4.S3, THEN);
    LinkTerms terms = LinkTerms.of(LinkRequest.upload(SAMPLE));

    assertThat(borrowed.link(terms, URI.create("https://host/key")).getRawQuery())
        .contains("X-Amz-Security-Token=to%2Fken%3D%3D&");
    assertThat(borrowed).hasToString("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host/x", "http://host/x?X-Amz-Date=20131332T000000Z&secret"})
  void aLinkThatDoesNotSayWhenItWasSignedIsRefusedAndNotRepeated(String link) {
    assertThatThrownBy(() -> SignatureV4.signedAt(URI.create(link)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X-Amz-Date")
        .hasMessageNotContaining("secret");
  }

  private static Map<String, List<String>> headers(String... namesAndValues) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Host", List.of("examplebucket.s3.amazonaws.com"));
    headers.put("X-Amz-Date", List.of("20130524T000000Z"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return headers;
  }
}
