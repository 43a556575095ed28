package io.taforge.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.Buckets;
import io.taforge.storage.ByteRange;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SignedLink;
import io.taforge.storage.link.LinkAuthority;
import io.taforge.storage.link.LinkBook;
import io.taforge.storage.link.LinkBookKeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * That nothing which comes over the wire is taken for a link that was signed, or makes a parser
 * fail in another way than it says. A build tries what the corpus beside the tests holds; with
 * {@code JAZZER_FUZZ=1} in the environment one of them looks for more, guided by coverage.
 */
class LinkFuzzTest {
  private static final String HOST = "127.0.0.1:8474";
  private static final Artifact SAMPLE =
      new LogSample(
          RequestId.parse("123e4567-e89b-12d3-a456-426614174000"), FileName.of("it's ö.log"));

  /** Always the same, so that what was found can be tried again. */
  private static final LinkAuthority AUTHORITY =
      new LinkAuthority(
          Buckets.defaults(),
          new FixedBook(),
          Optional.empty(),
          Clock.fixed(Instant.parse("2026-11-24T10:15:30Z"), ZoneOffset.UTC));

  private static final List<SignedLink> SIGNED =
      List.of(
          AUTHORITY.sign(LinkRequest.download(SAMPLE)),
          AUTHORITY.sign(LinkRequest.download(SAMPLE).savedAs(FileName.of("other name.txt"))),
          AUTHORITY.sign(LinkRequest.upload(SAMPLE).validFor(Duration.ofDays(7))),
          AUTHORITY.sign(
              LinkRequest.upload(SAMPLE)
                  .ofType(ContentType.TEXT)
                  .ofContent(Sha256.of(new byte[7]), 7)));

  /** A book with one key, that nobody changes. */
  private static final class FixedBook implements LinkBookKeeper {
    private final LinkBook book =
        LinkBook.parse("taforge-links 1\nkey 0123456789abcdef " + "5a".repeat(32) + "\n");

    @Override
    public LinkBook recent() {
      return book;
    }

    @Override
    public LinkBook newest() {
      return book;
    }

    @Override
    public LinkBook update(UnaryOperator<LinkBook> change) {
      return change.apply(book);
    }
  }

  /** So that the other tests are about something. */
  @Test
  void whatWasSignedIsRight() {
    for (SignedLink link : SIGNED) {
      assertThat(AUTHORITY.verify(link.method().name(), HOST, target(link))).isPresent();
    }
  }

  /** Takes links that are right apart and puts them together in another way. */
  @FuzzTest(maxDuration = "30s")
  void noLinkIsForged(FuzzedDataProvider data) {
    SignedLink link = data.pickValue(SIGNED);
    StringBuilder target = new StringBuilder(target(link));
    String method =
        data.pickValue(new String[] {link.method().name(), "GET", "PUT", "HEAD", "DELETE", "get"});
    for (int changes = data.consumeInt(0, 4); changes > 0; changes--) {
      int from = data.consumeInt(0, target.length());
      int to = Math.min(target.length(), from + data.consumeInt(0, 80));
      if (data.consumeBoolean()) {
        String other = target(data.pickValue(SIGNED));
        int start = data.consumeInt(0, other.length());
        int end = Math.min(other.length(), start + data.consumeInt(0, 200));
        target.replace(from, to, other.substring(start, end));
      } else {
        target.replace(from, to, data.consumeString(12));
      }
    }
    check(method, data.consumeBoolean() ? HOST : data.consumeString(20), target.toString());
  }

  /** Takes whatever comes. */
  @FuzzTest(maxDuration = "30s")
  void nothingElseIsALink(FuzzedDataProvider data) {
    String method = data.pickValue(new String[] {"GET", "PUT", "HEAD", data.consumeString(8)});
    check(method, HOST, data.consumeRemainingAsString());
  }

  @FuzzTest(maxDuration = "30s")
  void aRangeIsWithinTheContentOrNotUnderstood(FuzzedDataProvider data) {
    long size = data.consumeLong(0, Long.MAX_VALUE);
    Optional<ByteRange> range = RangeHeader.parse(data.consumeRemainingAsString());
    if (range.isPresent() && range.get().isWithin(size)) {
      ByteRange.Slice slice = range.get().of(size);
      assertThat(slice.offset()).isBetween(0L, size);
      assertThat(slice.length()).isBetween(0L, size - slice.offset());
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aBookIsReadOrRefused(FuzzedDataProvider data) {
    String text = "taforge-links 1\n" + data.consumeRemainingAsString();
    try {
      LinkBook book = LinkBook.parse(text);
      assertThat(LinkBook.parse(book.format()).format()).isEqualTo(book.format());
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void check(String method, String host, String target) {
    Optional<LinkRequest> allowed = AUTHORITY.verify(method, host, target);
    if (allowed.isPresent()) {
      String signedFor = method.equals("HEAD") ? "GET" : method;
      assertThat(SIGNED)
          .as("%s %s at %s was taken for a link", method, target, host)
          .anyMatch(link -> link.method().name().equals(signedFor) && target(link).equals(target));
      assertThat(host).isEqualTo(HOST);
    }
  }

  private static String target(SignedLink link) {
    return link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }
}
