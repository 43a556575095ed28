package io.taforge.storage.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.Buckets;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.SignedLink;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a link is good for what it was signed for, and for nothing else. */
class LinkAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30.5Z");
  private static final String HOST = "127.0.0.1:8474";
  private static final RequestId REQUEST = RequestId.random();
  private static final Artifact SAMPLE =
      new LogSample(REQUEST, FileName.of("it's 100% \u201cödd\u201d + more \uD83D\uDE00.log"));

  private final Book book = new Book();
  private final LinkAuthority authority = at(NOW, Optional.empty());

  /** A book in memory. */
  private static final class Book implements LinkBookKeeper {
    private final AtomicReference<LinkBook> book = new AtomicReference<>(LinkBook.empty());

    @Override
    public LinkBook recent() {
      return book.get();
    }

    @Override
    public LinkBook newest() {
      return book.get();
    }

    @Override
    public LinkBook update(UnaryOperator<LinkBook> change) {
      return book.updateAndGet(change);
    }
  }

  private LinkAuthority at(Instant time, Optional<URI> endpoint) {
    return new LinkAuthority(Buckets.defaults(), book, endpoint, Clock.fixed(time, ZoneOffset.UTC));
  }

  static List<LinkRequest> requests() {
    Artifact bundle = new TaBundle(REQUEST, BundleVersion.of(3), RevisionId.random());
    Artifact debug = new DebugBundle(ValidationRunId.random(), FileName.of("a&b=c;d.zip"));
    return List.of(
        LinkRequest.download(SAMPLE).validFor(Duration.ofMinutes(5)),
        LinkRequest.download(bundle).savedAs(FileName.of("TA-web 1.0.tgz")),
        LinkRequest.download(debug).validFor(LinkRequest.MAX_VALIDITY),
        LinkRequest.upload(SAMPLE),
        LinkRequest.upload(debug).ofLength(0),
        LinkRequest.upload(debug)
            .ofType(ContentType.of("text/plain; charset=\"utf-8\""))
            .ofContent(Sha256.of(new byte[0]), 500_000_000));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aLinkAllowsWhatItWasSignedFor(LinkRequest request) {
    SignedLink link = authority.sign(request);

    assertThat(link.method()).isEqualTo(request.method());
    assertThat(link.expiresAt())
        .isEqualTo(Instant.parse("2026-11-24T10:15:30Z").plus(request.validity()));
    Optional<LinkRequest> allowed = verify(link);
    assertThat(allowed.map(each -> validFor(each, request.validity()))).contains(request);
  }

  @Test
  void aChecksumIsBoundWithTheLengthOfItsContent() {
    LinkRequest.Upload plain = LinkRequest.upload(SAMPLE);
    Optional<Sha256> checksum = Optional.of(Sha256.of(new byte[3]));

    assertThat(plain.ofContent(checksum.get(), 3))
        .isEqualTo(
            new LinkRequest.Upload(
                SAMPLE, plain.validity(), Optional.empty(), OptionalLong.of(3), checksum));
    assertThatThrownBy(
            () ->
                new LinkRequest.Upload(
                    SAMPLE, plain.validity(), Optional.empty(), OptionalLong.empty(), checksum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the length of the content must be bound, too");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void noBitOfALinkCanBeFlipped(LinkRequest request) {
    SignedLink link = authority.sign(request);
    byte[] target = target(link).getBytes(ISO_8859_1);

    int accepted = 0;
    for (int bit = 0; bit < target.length * 8; bit++) {
      byte[] flipped = target.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      if (authority.verify(method(request), HOST, new String(flipped, ISO_8859_1)).isPresent()) {
        accepted++;
      }
    }
    System.out.printf(
        "Reliability U1: every bit of a link for %s flipped: %d, %d accepted%n",
        method(request), target.length * 8, accepted);
    assertThat(accepted).as("of %d flipped bits", target.length * 8).isZero();
    assertThat(verify(link)).as("the link itself").isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&x=1",
        "&expires=9999999999",
        "&save-as=x",
        "&",
        "=",
        "&signature=00",
        "#",
        "&taforge-link=1",
        "&content-type=text%2Fplain",
        "&length=1",
        "%20",
        " "
      })
  void nothingCanBeAdded(String more) {
    for (LinkRequest request : requests()) {
      String target = target(authority.sign(request));

      assertThat(authority.verify(method(request), HOST, target + more)).isEmpty();
      assertThat(authority.verify(method(request), HOST, target.replaceFirst("&", more + "&")))
          .isEmpty();
    }
  }

  @Test
  void theSameSaidInAnotherWayIsRefused() {
    String target = target(authority.sign(LinkRequest.download(SAMPLE)));

    for (String other :
        List.of(
            target.replace("%20", "+"),
            target.replace("%20", " "),
            target.replace("%C3%B6", "%c3%b6"),
            target.replace("/log-samples/", "/./log-samples/"),
            target.replace("/log-samples/", "//log-samples/"),
            target.replace("/log-samples/", "/x/../log-samples/"),
            target.replace("samples/samples", "samples%2Fsamples"),
            target.replace("key=", "%6Bey="),
            target.replaceFirst("(key=[^&]*)&(expires=[^&]*)", "$2&$1"),
            "http://" + HOST + target)) {
      assertThat(other).isNotEqualTo(target);
      assertThat(authority.verify("GET", HOST, other)).as(other).isEmpty();
    }
  }

  @Test
  void anotherMethodIsRefused() {
    String get = target(authority.sign(LinkRequest.download(SAMPLE)));
    String put = target(authority.sign(LinkRequest.upload(SAMPLE)));

    for (String method : List.of("PUT", "POST", "DELETE", "OPTIONS", "get", "")) {
      assertThat(authority.verify(method, HOST, get)).as(method).isEmpty();
    }
    for (String method : List.of("GET", "HEAD", "POST", "DELETE", "PATCH", "put", "")) {
      assertThat(authority.verify(method, HOST, put)).as(method).isEmpty();
    }
    assertThat(authority.verify("HEAD", HOST, get)).isPresent();
  }

  @Test
  void anotherHostIsRefused() {
    SignedLink link = authority.sign(LinkRequest.download(SAMPLE));

    for (String host : List.of("localhost:8474", "127.0.0.1", "127.0.0.1:8475", "evil", "")) {
      assertThat(authority.verify("GET", host, target(link))).as(host).isEmpty();
    }
    LinkAuthority elsewhere = at(NOW, Optional.of(URI.create("https://127.0.0.1:8474")));
    assertThat(elsewhere.verify("GET", HOST, target(link))).isEmpty();
  }

  @Test
  void aLinkEndsInTheSecondThatItSays() {
    SignedLink link =
        authority.sign(LinkRequest.download(SAMPLE).validFor(Duration.ofMillis(61_900)));

    assertThat(link.expiresAt()).isEqualTo(Instant.parse("2026-11-24T10:16:31Z"));
    Instant last = link.expiresAt().minusNanos(1);
    assertThat(at(last, Optional.empty()).verify("GET", HOST, target(link))).isPresent();
    assertThat(at(link.expiresAt(), Optional.empty()).verify("GET", HOST, target(link))).isEmpty();
  }

  @Test
  void aLinkLeadsToThePublicEndpoint() {
    LinkAuthority behindProxy = at(NOW, Optional.of(URI.create("https://files.example.com/links")));
    SignedLink link = behindProxy.sign(LinkRequest.download(SAMPLE));

    assertThat(link.uri().toString())
        .startsWith("https://files.example.com/links/log-samples/samples/");
    assertThat(behindProxy.verify("GET", "files.example.com", target(link))).isPresent();
    behindProxy.serveAt(URI.create("http://127.0.0.1:1"));
    assertThat(behindProxy.endpoint()).hasHost("files.example.com");
    assertThat(authority.endpoint()).isEqualTo(LinkAuthority.DEFAULT_ENDPOINT);
  }

  @Test
  void aLinkLeadsToWhereItIsServedIfNothingElseIsSaid() {
    authority.serveAt(URI.create("http://127.0.0.1:4711"));

    SignedLink link = authority.sign(LinkRequest.download(SAMPLE));

    assertThat(link.uri()).hasAuthority("127.0.0.1:4711");
    assertThat(authority.verify("GET", "127.0.0.1:4711", target(link))).isPresent();
  }

  @Test
  void linksOutliveTheirKeyByTheGraceAndNoLonger() {
    SignedLink old = authority.sign(LinkRequest.download(SAMPLE).validFor(Duration.ofDays(7)));
    authority.rotate(Duration.ofHours(2));
    SignedLink fresh = authority.sign(LinkRequest.download(SAMPLE).validFor(Duration.ofDays(7)));

    assertThat(old.uri()).isNotEqualTo(fresh.uri());
    assertThat(verify(old)).isPresent();
    LinkAuthority later = at(NOW.plus(Duration.ofHours(2)), Optional.empty());
    assertThat(later.verify("GET", HOST, target(old))).isEmpty();
    assertThat(later.verify("GET", HOST, target(fresh))).isPresent();

    later.rotate(Duration.ZERO);
    assertThat(later.verify("GET", HOST, target(fresh))).isEmpty();
    assertThat(book.newest().keys()).as("keys that are of no use are forgotten").hasSize(1);
  }

  @Test
  void aSecondRotationLengthensNoLife() {
    SignedLink old = authority.sign(LinkRequest.download(SAMPLE).validFor(Duration.ofDays(7)));
    authority.rotate(Duration.ofHours(1));
    authority.rotate(Duration.ofDays(7));

    LinkAuthority later = at(NOW.plus(Duration.ofHours(1)), Optional.empty());
    assertThat(later.verify("GET", HOST, target(old))).isEmpty();
    assertThatThrownBy(() -> authority.rotate(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  @Test
  void aBookComesBackAsItWasWritten() {
    authority.serveAt(URI.create("http://127.0.0.1:4711"));
    authority.sign(LinkRequest.upload(SAMPLE));
    authority.rotate(Duration.ofHours(1));

    assertThat(LinkBook.parse(book.newest().format()).format()).isEqualTo(book.newest().format());
    assertThat(book.newest().toString()).as("secrets").doesNotContainPattern("[0-9a-f]{32}");
    for (String damaged :
        List.of(
            "",
            "taforge-links 1",
            "taforge-links 2\n",
            book.newest().format() + "more\n",
            book.newest().format().replace("key ", "kex "),
            book.newest().format().replaceFirst("[0-9a-f]{64}", "00"))) {
      assertThatThrownBy(() -> LinkBook.parse(damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContainPattern("[0-9a-f]{16}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a",
        "http://A",
        "http://a/",
        "http://a:80",
        "https://a:443",
        "http://u:secret@a",
        "http://a?secret",
        "http://a#b",
        "a:80",
        "/a",
        "http:///a"
      })
  void linksCannotLeadJustAnywhere(String endpoint) {
    assertThatThrownBy(() -> LinkAuthority.checked(URI.create(endpoint)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not where links can lead")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void everySignatureIsAnother() {
    Set<String> signatures = new HashSet<>();
    for (LinkRequest request : requests()) {
      signatures.add(target(authority.sign(request)).replaceFirst(".*signature=", ""));
    }

    assertThat(signatures).hasSameSizeAs(requests());
  }

  private Optional<LinkRequest> verify(SignedLink link) {
    return authority.verify(link.method().name(), HOST, target(link));
  }

  private static LinkRequest validFor(LinkRequest request, Duration validity) {
    return request instanceof Download download
        ? download.validFor(validity)
        : ((Upload) request).validFor(validity);
  }

  private static String method(LinkRequest request) {
    return request.method().name();
  }

  private static String target(SignedLink link) {
    return link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }
}
