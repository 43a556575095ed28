package io.taforge.storage.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.Buckets;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.SetClock;
import io.taforge.storage.SignedLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That no link is accepted which is made of others: with another method, host, key or expiry, at
 * another time, with parts of two. {@code -Dlinks.forged=N} tries so many, {@code -Dlinks.seed=N}
 * repeats a run.
 */
class ForgedLinksTest {
  private static final int TRIES = Integer.getInteger("links.forged", 20_000);
  private static final int CONTROL_TRIES = 20_000;
  private static final int MOST_ACCEPTED = 10;
  private static final long SEED = Long.getLong("links.seed", 20261128L);
  private static final String HOST = "127.0.0.1:8474";
  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");
  private static final Pattern SIGNATURE = Pattern.compile("signature=([0-9a-fA-F]+)");
  private static final List<String> PARAMETERS =
      List.of("taforge-link", "key", "expires", "save-as", "content-type", "length", "sha256");
  private static final List<String> METHODS =
      List.of("GET", "PUT", "HEAD", "POST", "DELETE", "get", "");
  private static final List<String> HOSTS =
      List.of("localhost:8474", "127.0.0.1", "127.0.0.1:8475", "evil.example", "", HOST + ".");

  private final SetClock clock = new SetClock(NOW);
  private final Book book = new Book();
  private final LinkAuthority authority =
      new LinkAuthority(Buckets.defaults(), book, Optional.empty(), clock);
  private final List<SignedLink> signed = new ArrayList<>();

  ForgedLinksTest() {
    RequestId request = RequestId.parse("123e4567-e89b-12d3-a456-426614174000");
    RequestId other = RequestId.parse("123e4567-e89b-12d3-a456-426614174001");
    Artifact sample = new LogSample(request, FileName.of("it's ö.log"));
    Artifact secret = new LogSample(other, FileName.of("it's ö.log"));
    Artifact bundle =
        new TaBundle(request, BundleVersion.of(1), RevisionId.parse(request.toString()));
    Sha256 checksum = Sha256.of(new byte[7]);
    for (int round = 0; round < 2; round++) {
      sign(LinkRequest.download(sample));
      sign(LinkRequest.download(sample).validFor(Duration.ofSeconds(2)));
      sign(LinkRequest.download(secret).savedAs(FileName.of("other.log")));
      sign(LinkRequest.download(bundle).validFor(Duration.ofDays(7)));
      sign(LinkRequest.upload(sample));
      sign(LinkRequest.upload(secret).ofType(ContentType.TEXT));
      sign(LinkRequest.upload(bundle).ofLength(7));
      sign(LinkRequest.upload(sample).ofType(ContentType.ZIP).ofContent(checksum, 7));
      if (round == 0) {
        authority.rotate(Duration.ofDays(7));
      }
    }
  }

  private void sign(LinkRequest request) {
    signed.add(authority.sign(request));
  }

  /** Says whether something is a link. */
  private interface Verifier {
    boolean accepts(String method, String host, String target);
  }

  /** What a stranger tries, at some time. */
  private record Attempt(String method, String host, String target, Instant time) {}

  @Test
  void noneIsAccepted() {
    Outcome outcome =
        tried((m, h, t) -> authority.verify(m, h, t).isPresent(), TRIES, MOST_ACCEPTED);

    System.out.printf(
        "Reliability U1: %d forged links tried, %d accepted, beside %d of %d right ones (seed %d)%n",
        outcome.forged(), outcome.accepted().size(), outcome.right(), outcome.rightTried(), SEED);
    assertThat(outcome.accepted()).isEmpty();
    assertThat(outcome.right()).isEqualTo(outcome.rightTried()).isPositive();
  }

  /** Each is an authority that leaves one thing out of what it looks at. */
  @TestFactory
  Stream<DynamicTest> anAuthorityThatLeavesOneThingOutIsFoundOut() {
    List<DynamicTest> controls = new ArrayList<>();
    for (String parameter : PARAMETERS) {
      controls.add(control(parameter, (link, target) -> restored(link, target, parameter)));
    }
    controls.add(control("the path", (link, target) -> query(target, path(target(link)))));
    controls.add(control("what is added", (link, target) -> target(link)));
    controls.add(
        control(
            "case",
            (link, target) -> target.equalsIgnoreCase(target(link)) ? target(link) : target));
    controls.add(control("the method", (m, h, t) -> accepts(original(t, m), h, t)));
    controls.add(control("the host", (m, h, t) -> accepts(m, HOST, t)));
    controls.add(
        control(
            "the time",
            (m, h, t) -> {
              Instant now = clock.instant();
              clock.set(NOW);
              try {
                return accepts(m, h, t);
              } finally {
                clock.set(now);
              }
            }));
    return controls.stream();
  }

  /** How a careless authority reads a target that carries the signature of a link. */
  private interface Reading {
    String of(SignedLink link, String target);
  }

  private DynamicTest control(String what, Reading reading) {
    return control(
        what,
        (m, h, t) -> accepts(m, h, bySignature(t).map(link -> reading.of(link, t)).orElse(t)));
  }

  private DynamicTest control(String what, Verifier careless) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Outcome outcome = tried(careless, CONTROL_TRIES, 1);
          System.out.printf(
              "Reliability U1 control: an authority that leaves out %s is found out by forged link %d%n",
              what, outcome.forged());
          assertThat(outcome.accepted()).as(what).isNotEmpty();
        });
  }

  private boolean accepts(String method, String host, String target) {
    return authority.verify(method, host, target).isPresent();
  }

  private String original(String target, String otherwise) {
    return bySignature(target).map(link -> link.method().name()).orElse(otherwise);
  }

  private Optional<SignedLink> bySignature(String target) {
    Matcher found = SIGNATURE.matcher(target);
    return found.find()
        ? signed.stream().filter(each -> target(each).contains(found.group())).findFirst()
        : Optional.empty();
  }

  private static String restored(SignedLink link, String target, String parameter) {
    String right = parameter(target(link), parameter);
    String said = parameter(target, parameter);
    if (said.isEmpty()) {
      return right.isEmpty() ? target : target.replaceFirst("&signature", right + "&signature");
    }
    return target.replace(said, right);
  }

  /** With what is before it; empty if there is none. */
  private static String parameter(String target, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=[^&]*").matcher(target);
    return found.find() ? found.group() : "";
  }

  private static String path(String target) {
    return target.substring(0, target.indexOf('?'));
  }

  private static String query(String target, String path) {
    return target.indexOf('?') < 0 ? target : path + target.substring(target.indexOf('?'));
  }

  /**
   * What became of all attempts.
   *
   * @param forged how many were forged
   * @param accepted those of them that were accepted
   * @param rightTried how many were not forged
   * @param right how many of those were accepted
   */
  private record Outcome(int forged, List<Attempt> accepted, int rightTried, int right) {}

  /** Tries so many, or until so many are accepted. */
  private Outcome tried(Verifier verifier, int tries, int most) {
    Random random = new Random(SEED);
    int forged = 0;
    int rightTried = 0;
    int right = 0;
    List<Attempt> accepted = new ArrayList<>();
    while (forged < tries && accepted.size() < most) {
      Attempt attempt = attempt(random);
      clock.set(attempt.time());
      boolean isAccepted = verifier.accepts(attempt.method(), attempt.host(), attempt.target());
      if (isRight(attempt)) {
        rightTried++;
        right += isAccepted ? 1 : 0;
      } else {
        forged++;
        if (isAccepted) {
          accepted.add(attempt);
        }
      }
    }
    clock.set(NOW);
    return new Outcome(forged, accepted, rightTried, right);
  }

  private boolean isRight(Attempt attempt) {
    String signedFor = attempt.method().equals("HEAD") ? "GET" : attempt.method();
    return attempt.host().equals(HOST)
        && signed.stream()
            .anyMatch(
                link ->
                    target(link).equals(attempt.target())
                        && link.method().name().equals(signedFor)
                        && attempt.time().isBefore(link.expiresAt()));
  }

  private Attempt attempt(Random random) {
    SignedLink link = any(random, signed);
    String target = target(link);
    String method = link.method().name();
    Instant time = NOW;
    switch (random.nextInt(11)) {
      case 0 -> target = flipped(random, target);
      case 1 -> method = any(random, METHODS);
      case 2 -> {
        String host = random.nextBoolean() ? any(random, HOSTS) : flipped(random, HOST);
        return new Attempt(method, host, target, time);
      }
      case 3, 4 -> target = withParameterOf(random, target, target(any(random, signed)));
      case 5 -> target = query(target, path(target(any(random, signed))));
      case 6 -> target = withExpiry(target, random.nextBoolean() ? 1 : -1);
      case 7 -> time = link.expiresAt().plusSeconds(random.nextInt(3) - 1);
      case 8 -> target = withMore(random, target);
      case 9 -> {
        String other = target(any(random, signed));
        int cut = random.nextInt(Math.min(target.length(), other.length()));
        target = target.substring(0, cut) + other.substring(cut);
      }
      default -> {
        int at = random.nextInt(target.length());
        char letter = target.charAt(at);
        char other =
            Character.isUpperCase(letter)
                ? Character.toLowerCase(letter)
                : Character.toUpperCase(letter);
        target = target.substring(0, at) + other + target.substring(at + 1);
      }
    }
    return new Attempt(method, HOST, target, time);
  }

  private static String withParameterOf(Random random, String target, String other) {
    String name = any(random, PARAMETERS);
    String mine = parameter(target, name);
    String theirs = parameter(other, name);
    if (mine.isEmpty()) {
      return target.replace("&signature", theirs + "&signature");
    }
    return target.replace(mine, theirs.isEmpty() && random.nextBoolean() ? mine + "1" : theirs);
  }

  private static String withExpiry(String target, int seconds) {
    String expires = parameter(target, "expires");
    long end = Long.parseLong(expires.substring(expires.indexOf('=') + 1));
    return target.replace(expires, "&expires=" + (end + seconds));
  }

  private static String withMore(Random random, String target) {
    String more =
        any(random, List.of("&x=1", "&", "&expires=9999999999", "#", "&signature=00", "&key=a"));
    return random.nextBoolean() ? target + more : target.replaceFirst("&", more + "&");
  }

  private static String flipped(Random random, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return new String(bytes, ISO_8859_1);
  }

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String target(SignedLink link) {
    return link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }

  /** A book in memory. */
  private static final class Book implements LinkBookKeeper {
    private LinkBook book = LinkBook.empty();

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
      book = change.apply(book);
      return book;
    }
  }
}
