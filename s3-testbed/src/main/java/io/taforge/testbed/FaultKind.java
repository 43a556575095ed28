package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The ways in which a network, or what stands on it, spoils any exchange with a server. */
public enum FaultKind {
  /** Nobody listens; see {@link ClosedPort}. */
  REFUSED("connection refused", any -> exchange -> exchange.reset()),
  /** The connection is reset before a byte has come back. */
  RESET_AT_ONCE("reset before any byte", any -> exchange -> exchange.reset()),
  /** The connection is closed before a byte has come back. */
  CLOSED_AT_ONCE("closed before any byte", any -> exchange -> exchange.hangUp()),
  /** The connection is reset in the middle of the answer's body. */
  RESET_IN_BODY(
      "reset in the body",
      random ->
          exchange -> {
            exchange.say(exchange.ask().upTo(random.nextDouble()));
            exchange.reset();
          }),
  /** The connection is closed in the middle of the answer's headers. */
  CLOSED_IN_HEADERS(
      "closed in the headers",
      random ->
          exchange -> {
            byte[] head = exchange.ask().head();
            exchange.say(Arrays.copyOf(head, 1 + random.nextInt(head.length - 2)));
            exchange.hangUp();
          }),
  /** The headers come, and then the connection is closed. */
  CLOSED_BEHIND_HEADERS(
      "closed behind the headers",
      any ->
          exchange -> {
            exchange.say(exchange.ask().head());
            exchange.hangUp();
          }),
  /** The body is cut and the length says so. */
  CUT("cut, length told", random -> exchange -> cut(exchange, exchange.ask(), random)),
  /** The body is cut and no length says so. */
  CUT_WITHOUT_LENGTH(
      "cut, no length told",
      random ->
          exchange ->
              cut(
                  exchange,
                  exchange.ask().without("Content-Length").plus("Connection: close"),
                  random)),
  /** The answer comes byte by byte, with a pause behind each. */
  TRICKLE(
      "trickle",
      any -> exchange -> exchange.trickle(exchange.ask().bytes(), Duration.ofMillis(20))),
  /** The request is taken and never answered. */
  STALL("stall before the headers", any -> Exchange::stall),
  /** The answer stops in the middle and the connection stays. */
  STALL_IN_BODY(
      "stall in the body",
      random ->
          exchange -> {
            exchange.say(exchange.ask().upTo(random.nextDouble()));
            exchange.hold();
          }),
  /** Status 500 instead of the server's answer. */
  INTERNAL_ERROR("500 InternalError", refusal(500, "InternalError")),
  /** Status 503 instead of the server's answer. */
  UNAVAILABLE("503 ServiceUnavailable", refusal(503, "ServiceUnavailable")),
  /** Status 503 with the word of S3 for too much at once. */
  SLOW_DOWN("503 SlowDown", refusal(503, "SlowDown")),
  /** Status 429 from something that is not S3. */
  TOO_MANY("429", refusal(429, "TooManyRequests")),
  /** The length that is told is longer than the body. */
  LENGTH_TOO_LONG(
      "length too long",
      random ->
          exchange -> {
            WholeAnswer answer = exchange.ask();
            exchange.say(
                answer.with("Content-Length", told -> plus(told, 1 + random.nextInt(99))).bytes());
            exchange.hold();
          }),
  /** The length that is told is shorter than the body. */
  LENGTH_TOO_SHORT(
      "length too short",
      random ->
          exchange -> {
            WholeAnswer answer = exchange.ask();
            int less =
                answer.hasBody() ? 1 + random.nextInt(Math.min(99, answer.body().length)) : 0;
            exchange.say(answer.with("Content-Length", told -> plus(told, -less)).bytes());
          }),
  /** One bit of the body is another. */
  FLIPPED_BIT(
      "flipped bit",
      random ->
          exchange -> {
            WholeAnswer answer = exchange.ask();
            byte[] body = answer.body().clone();
            if (body.length > 0) {
              body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            }
            exchange.say(answer.with(body).bytes());
          }),
  /** The server has done it, and the connection is closed before its answer. */
  LOST_ANSWER(
      "lost answer",
      any ->
          exchange -> {
            exchange.ask();
            exchange.hangUp();
          }),
  /** A page in HTML with status 200, as in a hotel; the server is not asked. */
  LOGIN_PAGE("HTML with 200", any -> exchange -> exchange.answer(Answer.loginPage())),
  /** XML that is none. */
  BAD_XML(
      "bad XML",
      any ->
          exchange ->
              exchange.say(exchange.ask().with("<List><Key>a</Lost>&&".getBytes(UTF_8)).bytes())),
  /** The body ends in the middle and its length is right. */
  TRUNCATED(
      "truncated, length fits",
      random ->
          exchange -> {
            WholeAnswer answer = exchange.ask();
            int length = (int) (random.nextDouble() * answer.body().length);
            exchange.say(answer.with(Arrays.copyOf(answer.body(), length)).bytes());
          }),
  /** Status 200 and an error in the body; the server is not asked. */
  ERROR_WITH_200(
      "error with 200", any -> exchange -> exchange.answer(Answer.error(200, "InternalError"))),
  /** An ETag that is another. */
  WRONG_TAG(
      "wrong ETag",
      any ->
          exchange ->
              exchange.say(
                  exchange
                      .ask()
                      .with("ETag", told -> "\"00000000000000000000000000000000\"")
                      .withXml(
                          xml ->
                              xml.replaceAll(
                                  "<ETag>[^<]*",
                                  "<ETag>&quot;00000000000000000000000000000000&quot;"))
                      .bytes())),
  /** Checksums, and what else is told in headers of ours, are others. */
  WRONG_CHECKSUM(
      "wrong checksum header",
      any ->
          exchange ->
              exchange.say(
                  exchange
                      .ask()
                      .with("x-amz-meta-taforge-sha256", FaultKind::other)
                      .with("x-amz-checksum-crc32", FaultKind::other)
                      .with("x-amz-checksum-sha256", FaultKind::other)
                      .bytes())),
  /** A redirect to another host. */
  REDIRECT("redirect to another host", any -> Exchange::hangUp),
  /** A status line that is none. */
  GARBAGE(
      "garbage status line",
      any ->
          exchange -> exchange.say(exchange.ask().withStatusLine("ICY/0.9 yes \u0001 OK").bytes())),
  /** Headers of several megabytes. */
  HUGE_HEADERS(
      "oversized headers",
      any ->
          exchange -> {
            WholeAnswer answer = exchange.ask();
            for (int i = 0; i < 40; i++) {
              answer = answer.plus("X-Padding-" + i + ": " + "x".repeat(100_000));
            }
            exchange.say(answer.bytes());
          }),
  /** The first page of a listing over and over. */
  REPEATED_PAGE(
      "repeated page",
      any ->
          exchange -> {
            if (isListing(exchange.request())) {
              exchange.askFor(FaultKind::firstPage);
              exchange.say(exchange.ask().withXml(FaultKind::withMore).bytes());
            } else {
              exchange.forward();
            }
          }),
  /** A page of a listing without its last entries, which says that there is more. */
  SHORT_PAGE(
      "page cut short",
      any ->
          exchange ->
              exchange.say(
                  exchange
                      .ask()
                      .withXml(
                          xml ->
                              xml.contains("<ListBucketResult")
                                  ? xml.replaceFirst("<Contents>(?!.*<Contents>).*?</Contents>", "")
                                      .replace(
                                          "<IsTruncated>false</IsTruncated>",
                                          "<IsTruncated>true</IsTruncated>")
                                  : xml)
                      .bytes()));

  /** Makes one that is good for any number of requests. */
  private interface Making {
    Fault.Effect with(RandomGenerator random);
  }

  private static final Pattern POSITION =
      Pattern.compile("&?(start-after|continuation-token)=[^& ]*");

  private final String words;
  private final Making making;

  FaultKind(String words, Making making) {
    this.words = words;
    this.making = making;
  }

  /** What it is, in some words. */
  public String words() {
    return words;
  }

  /**
   * One of it.
   *
   * @param random decides where in an answer it happens
   * @param elsewhere where redirects lead
   */
  Fault fault(RandomGenerator random, URI elsewhere) {
    return new Fault(
        any -> true,
        this == REDIRECT ? exchange -> exchange.redirect(elsewhere) : making.with(random));
  }

  private static Making refusal(int status, String code) {
    return any -> exchange -> exchange.answer(Answer.error(status, code));
  }

  private static void cut(Exchange exchange, WholeAnswer answer, RandomGenerator random)
      throws IOException {
    exchange.say(answer.upTo(random.nextDouble()));
    exchange.hangUp();
  }

  private static String plus(String told, int more) {
    return String.valueOf(Long.parseLong(told) + more);
  }

  private static String other(String checksum) {
    return (checksum.startsWith("a") ? "b" : "a") + checksum.substring(1);
  }

  private static boolean isListing(ProxiedRequest request) {
    return request.query().contains("list-type=2");
  }

  private static byte[] firstPage(byte[] head) {
    return POSITION.matcher(new String(head, US_ASCII)).replaceAll("").getBytes(US_ASCII);
  }

  private static String withMore(String page) {
    return page.replace(
        "<IsTruncated>false</IsTruncated>",
        "<IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken>");
  }
}
