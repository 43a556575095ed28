package io.taforge.storage.remote;

import static io.taforge.storage.remote.PercentEncoding.encoded;

import io.taforge.storage.SignedLink;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS Signature Version 4, in a header or in the query of a link; for what no SDK signs as it is
 * needed, or as fast. By "Authenticating Requests" of the Amazon S3 API reference.
 *
 * @param credentials who signs
 * @param sessionToken what belongs to credentials that are borrowed; empty for one's own
 * @param region which the signature is good in
 * @param service which it is good for; {@link #S3}
 * @param at when it is made
 * @param keys derives the key, or has it already
 */
public record SignatureV4(
    Credentials credentials,
    Optional<String> sessionToken,
    String region,
    String service,
    Instant at,
    SigningKeys keys) {
  /** Amazon S3, and all servers like it. */
  public static final String S3 = "s3";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int SECONDS_A_DAY = 86_400;
  private static final Pattern SIGNED_AT = Pattern.compile("(?:^|&)X-Amz-Date=([0-9TZ]+)(?:&|$)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** With a key that is derived for this one. */
  public SignatureV4(
      Credentials credentials,
      Optional<String> sessionToken,
      String region,
      String service,
      Instant at) {
    this(credentials, sessionToken, region, service, at, new SigningKeys());
  }

  /**
   * When a link was signed, to the second, by what its query says.
   *
   * @throws IllegalArgumentException if it says nothing of that
   */
  public static Instant signedAt(URI link) {
    Matcher time = SIGNED_AT.matcher(String.valueOf(link.getRawQuery()));
    if (!time.find()) {
      throw new IllegalArgumentException("There is no X-Amz-Date in the link");
    }
    try {
      return TIME.parse(time.group(1), Instant::from);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The X-Amz-Date in the link is no time", e);
    }
  }

  /** What the header {@code X-Amz-Date} says. */
  public String time() {
    return time(key());
  }

  private String time(SigningKey key) {
    int second = Math.floorMod(at.getEpochSecond(), SECONDS_A_DAY);
    StringBuilder text = new StringBuilder(16).append(key.day()).append('T');
    append(text, second / 3600);
    append(text, second / 60 % 60);
    append(text, second % 60);
    return text.append('Z').toString();
  }

  private static void append(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private SigningKey key() {
    return keys.key(
        credentials, region, service, Math.floorDiv(at.getEpochSecond(), SECONDS_A_DAY));
  }

  /** What the header {@code Authorization} says of a request, which has all its others. */
  public String authorization(CanonicalRequest request) {
    SigningKey key = key();
    return ALGORITHM
        + " Credential="
        + key.credential()
        + ", SignedHeaders="
        + request.signedHeaders()
        + ", Signature="
        + signature(request, key, time(key));
  }

  /**
   * A link with the signature in its query.
   *
   * @param place where it leads, as an SDK writes that: bucket and key are in it; a query is not
   *     looked at
   */
  public URI link(LinkTerms terms, URI place) {
    return URI.create(link(terms, place.getScheme(), place.getRawAuthority(), place.getRawPath()));
  }

  /** A link to what is stored at a key. */
  public SignedLink link(LinkTerms terms, LinkPlace place, String key) {
    return terms.link(link(terms, place.scheme(), place.authority(), place.path(key)), at);
  }

  private String link(LinkTerms terms, String scheme, String authority, String path) {
    SigningKey key = key();
    String time = time(key);
    SortedMap<String, List<String>> headers = terms.signedHeaders(authority);
    String ours = query(terms, key, time, String.join(";", headers.keySet()));
    String theirs = terms.encodedQuery();
    String between = theirs.isEmpty() ? "" : "&";
    CanonicalRequest request =
        CanonicalRequest.of(
            terms.method().name(), path, ours + between + theirs, headers, terms.payload());
    // Ceph takes a GET for nobody's, and answers it, if a flipped bit before the first one hides it
    return scheme
        + "://"
        + authority
        + request.path()
        + "?"
        + theirs
        + between
        + ours
        + "&X-Amz-Signature="
        + signature(request, key, time);
  }

  /** In the order that is signed, in which capitals come first. */
  private String query(LinkTerms terms, SigningKey key, String time, String signedHeaders) {
    return "X-Amz-Algorithm="
        + ALGORITHM
        + "&X-Amz-Credential="
        + key.encodedCredential()
        + "&X-Amz-Date="
        + time
        + "&X-Amz-Expires="
        + terms.validity().toSeconds()
        + sessionToken.map(token -> "&X-Amz-Security-Token=" + encoded(token)).orElse("")
        + "&X-Amz-SignedHeaders="
        + encoded(signedHeaders);
  }

  private static String signature(CanonicalRequest request, SigningKey key, String time) {
    return key.signature(ALGORITHM + "\n" + time + "\n" + key.scope() + "\n" + request.checksum());
  }

  /** Without the session token. */
  @Override
  public String toString() {
    return key().credential();
  }
}
