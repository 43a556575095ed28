package io.taforge.storage.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.Buckets;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SignedLink;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that are signed, the book that keys are kept in, and how a link reads. */
class LinkPartsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");
  private static final String ID = "0123456789abcdef";
  private static final String SECRET = "00112233445566778899aabbccddeeff".repeat(2);
  private static final LogSample SAMPLE =
      new LogSample(
          RequestId.parse("00000000-0000-4000-8000-000000000001"), FileName.of("az AZ09-._~@.log"));
  private static final String TARGET =
      "/f/log-samples/samples/00000000-0000-4000-8000-000000000001/az%20AZ09-._~%40.log"
          + "?taforge-link=1&key=0123456789abcdef&expires=1795518930";

  /** Computed by another program, from what the design says. */
  private static final String SIGNATURE =
      "8a7918c509b851ef810b4248d6183b303ada704931df48cd131ee4043de69e46";

  private static String hex(LengthPrefixed message) {
    return HexFormat.of().formatHex(message.bytes());
  }

  @Test
  void eachFieldStandsBehindItsLengthAndAMissingOneIsNotAnEmptyOne() {
    assertThat(hex(new LengthPrefixed().add("aü").add(7)))
        .isEqualTo("00000003" + "61c3bc" + "00000001" + "37");
    assertThat(hex(new LengthPrefixed().add(Optional.of("")))).isEqualTo("00000000");
    assertThat(hex(new LengthPrefixed().add(Optional.empty()))).isEqualTo("ffffffff");
    assertThat(hex(new LengthPrefixed().add("ab").add("c")))
        .isNotEqualTo(hex(new LengthPrefixed().add("a").add("bc")));
  }

  @Test
  void aCodeIsThatOfRfc2104() {
    LinkKey key = LinkKey.of(ID, SECRET, Optional.empty());

    assertThat(key.hexSecret()).isEqualTo(SECRET);
    assertThat(HexFormat.of().formatHex(key.authenticate("x".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("7aed5e28f090f980d14c217a17c8f8f7650d3f30ebdd12573d4a1854d6821c3a");
  }

  @Test
  void aKeyTellsWhoItIsAndUntilWhenAndNotItsSecret() {
    assertThat(LinkKey.of(ID, SECRET, Optional.empty())).hasToString("LinkKey[" + ID + "]");
    assertThat(LinkKey.of(ID, SECRET, Optional.of(NOW)))
        .hasToString("LinkKey[" + ID + ", until 2026-11-24T10:15:30Z]");
    assertThatThrownBy(() -> LinkKey.of(ID, SECRET + "0", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret of a key is 64 hexadecimal digits");
    assertThatThrownBy(() -> LinkKey.of("x", SECRET, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysAreRandomInFull() {
    LinkKey one = LinkKey.random();
    LinkKey other = LinkKey.random();

    assertThat(one.id()).isNotEqualTo(other.id()).isNotEqualTo("0".repeat(16));
    assertThat(one.hexSecret()).isNotEqualTo(other.hexSecret()).isNotEqualTo("0".repeat(64));
  }

  @Test
  void aKeyIsValidUntilItsEndAndRetiresOnce() {
    LinkKey key = LinkKey.of(ID, SECRET, Optional.empty()).retired(NOW);

    assertThat(key.isValidAt(NOW.minusNanos(1))).isTrue();
    assertThat(key.isValidAt(NOW)).isFalse();
    assertThat(key.retired(NOW.plusSeconds(1)).validUntil()).contains(NOW);
    assertThat(key.retired(NOW.minusSeconds(1)).validUntil()).contains(NOW.minusSeconds(1));
  }

  @Test
  void aBookIsTheseLines() {
    LinkKey old = LinkKey.of("fedcba9876543210", SECRET, Optional.of(NOW));
    LinkBook book =
        new LinkBook(
            Optional.of(URI.create("http://host:8474/f")),
            List.of(old, LinkKey.of(ID, SECRET, Optional.empty())));

    assertThat(book.format().lines())
        .containsExactly(
            "taforge-links 1",
            "endpoint http://host:8474/f",
            "key fedcba9876543210 " + SECRET + " until " + NOW.getEpochSecond(),
            "key " + ID + " " + SECRET);
    assertThat(LinkBook.parse(book.format())).isEqualTo(book);
    assertThat(book.signingKey().map(LinkKey::id)).as("not the one that has ended").contains(ID);
    assertThat(new LinkBook(Optional.empty(), List.of(old)).signingKey()).isEmpty();
    assertThat(book.withSigningKey()).isSameAs(book);
    assertThat(LinkBook.empty().withSigningKey().keys()).hasSize(1);
  }

  @Test
  void theLineThatIsWrongIsNamedAndNotTold() {
    assertThatThrownBy(() -> LinkBook.parse("taforge-links 1\nkey x\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Line 2 is neither a key nor the endpoint");
    assertThatThrownBy(
            () -> LinkBook.parse("taforge-links 1\nendpoint http://a:1\nendpoint http://b:1\n"))
        .hasMessage("Line 3 is neither a key nor the endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "taforge-links 2\n", "taforge-links 1"})
  void whatIsNoBookIsRefused(String text) {
    assertThatThrownBy(() -> LinkBook.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("It does not begin with 'taforge-links 1', or is cut");
  }

  @Test
  void aLinkReadsLikeThis() {
    SignedLink link =
        authority(NOW).sign(LinkRequest.download(SAMPLE).validFor(Duration.ofHours(1)));

    assertThat(link.uri()).hasToString("http://host:8474" + TARGET + "&signature=" + SIGNATURE);
    assertThat(authority(NOW).verify("GET", "host:8474", target(link))).isPresent();
    assertThat(authority(NOW).verify("HEAD", "host:8474", target(link))).isPresent();
    assertThat(authority(NOW).verify("GET", "host", target(link))).isEmpty();
  }

  @Test
  void anUploadSaysWhatItIsBoundTo() {
    SignedLink link =
        authority(NOW)
            .sign(
                LinkRequest.upload(SAMPLE)
                    .ofType(ContentType.TEXT)
                    .ofContent(Sha256.of(new byte[3]), 3));

    assertThat(link.headers()).containsEntry("Content-Type", "text/plain");
    assertThat(target(link))
        .contains("&content-type=text%2Fplain&length=3&sha256=" + Sha256.of(new byte[3]).hex());
    assertThat(authority(NOW).sign(LinkRequest.upload(SAMPLE)).headers()).isEmpty();
  }

  @Test
  void atLeastASecondIsLeftOfALinkThatWorks() {
    SignedLink link =
        authority(NOW).sign(LinkRequest.download(SAMPLE).validFor(Duration.ofHours(1)));
    Instant end = NOW.plus(Duration.ofHours(1));

    assertThat(left(end.minusMillis(2001), link)).contains(Duration.ofMillis(2001));
    assertThat(left(end.minusSeconds(1), link)).contains(Duration.ofSeconds(1));
    assertThat(left(end.minusNanos(1), link)).contains(Duration.ofSeconds(1));
    assertThat(left(end, link)).isEmpty();
    assertThat(left(NOW.minus(Duration.ofDays(30)), link)).contains(LinkRequest.MAX_VALIDITY);
  }

  private Optional<Duration> left(Instant time, SignedLink link) {
    return authority(time).verify("GET", "host:8474", target(link)).map(LinkRequest::validity);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/f/",
        "/f/log-samples",
        "/f?taforge-link=1",
        "/f/b?x=/",
        "/g/b/samples/00000000-0000-4000-8000-000000000001/a?taforge-link=1&key=k&expires=1&signature=s",
        "/f/b/samples/00000000-0000-4000-8000-000000000001/a?taforge-link=1&key=k&expires=1",
        "/f/b/samples/00000000-0000-4000-8000-000000000001/a?taforge-link=1&key=k&expires=x&signature=s",
        "/f/b/samples/x/a?taforge-link=1&key=k&expires=1&signature=s",
        "/f/b/samples/00000000-0000-4000-8000-000000000001/%zz?taforge-link=1&key=k&expires=1&signature=s"
      })
  void whatIsNoLinkClaimsNothing(String target) {
    assertThat(LinkTarget.parse("GET", "/f", target)).isEmpty();
  }

  @Test
  void aLinkOfAnyLengthButTheLongestIsRead() {
    String target =
        "/f/b/samples/00000000-0000-4000-8000-000000000001/a?taforge-link=1&key=k&expires=1&signature=s&=&x=";
    String longest = target + "x".repeat(8192 - target.length());

    assertThat(LinkTarget.parse("GET", "/f", longest)).isPresent();
    assertThat(LinkTarget.parse("GET", "/f", longest + "x")).isEmpty();
    assertThat(LinkTarget.parse("POST", "/f", target)).isEmpty();
  }

  @Test
  void whoeverSignsKnowsWhetherLinksLeadToAFixedPlace() {
    assertThat(authority(NOW).isEndpointFixed()).isTrue();
    LinkAuthority ofMemory = LinkAuthority.of(new InMemoryArtifactStore()).orElseThrow();
    assertThat(ofMemory.isEndpointFixed()).isFalse();
    assertThatThrownBy(() -> ofMemory.rotate(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String target(SignedLink link) {
    return link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }

  /** With one key, which everybody knows. */
  private static LinkAuthority authority(Instant time) {
    AtomicReference<LinkBook> book =
        new AtomicReference<>(
            new LinkBook(Optional.empty(), List.of(LinkKey.of(ID, SECRET, Optional.empty()))));
    LinkBookKeeper keeper =
        new LinkBookKeeper() {
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
        };
    return new LinkAuthority(
        Buckets.defaults(),
        keeper,
        Optional.of(URI.create("http://host:8474/f")),
        Clock.fixed(time, ZoneOffset.UTC));
  }
}
