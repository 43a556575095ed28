package io.taforge.storage.remote;

import static io.taforge.storage.remote.PercentEncoding.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private static final String END = "aws4_request";
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
    LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(16).append(time.getYear());
    append(text, time.getMonthValue());
    append(text, time.getDayOfMonth());
    text.append('T');
    append(text, time.getHour());
    append(text, time.getMinute());
    append(text, time.getSecond());
    return text.append('Z').toString();
  }

  private static void append(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** What the header {@code Authorization} says of a request, which has all its others. */
  public String authorization(CanonicalRequest request) {
    String time = time();
    List<String> scope = scope(time);
    return ALGORITHM
        + " Credential="
        + credentials.accessKey()
        + "/"
        + String.join("/", scope)
        + ", SignedHeaders="
        + request.signedHeaders()
        + ", Signature="
        + of(request, time, scope);
  }

  /**
   * A link with the signature in its query.
   *
   * @param place where it leads, as an SDK writes that: bucket and key are in it; a query is not
   *     looked at
   */
  public URI link(LinkTerms terms, URI place) {
    return link(terms, place.getScheme(), place.getRawAuthority(), place.getRawPath());
  }

  /** A link to what is stored at a key. */
  public URI link(LinkTerms terms, LinkPlace place, String key) {
    return link(terms, place.scheme(), place.authority(), place.path(key));
  }

  private URI link(LinkTerms terms, String scheme, String authority, String path) {
    String time = time();
    List<String> scope = scope(time);
    SortedMap<String, List<String>> headers = new TreeMap<>();
    terms
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    headers.put("host", List.of(authority));
    String ours = query(terms, time, scope, String.join(";", headers.keySet()));
    String theirs = query(terms);
    CanonicalRequest request =
        CanonicalRequest.of(terms.method().name(), path, ours + theirs, headers, terms.payload());
    // Ceph takes a GET for nobody's, and answers it, if a flipped bit before the first one hides it
    String query = theirs.isEmpty() ? ours : theirs.substring(1) + "&" + ours;
    return URI.create(
        scheme
            + "://"
            + authority
            + request.path()
            + "?"
            + query
            + "&X-Amz-Signature="
            + of(request, time, scope));
  }

  /** In the order that is signed, in which capitals come first. */
  private String query(LinkTerms terms, String time, List<String> scope, String signedHeaders) {
    StringBuilder query =
        new StringBuilder(256)
            .append("X-Amz-Algorithm=" + ALGORITHM + "&X-Amz-Credential=")
            .append(encoded(credentials.accessKey() + "/" + String.join("/", scope)))
            .append("&X-Amz-Date=")
            .append(time)
            .append("&X-Amz-Expires=")
            .append(terms.validity().toSeconds());
    sessionToken.ifPresent(token -> query.append("&X-Amz-Security-Token=").append(encoded(token)));
    return query.append("&X-Amz-SignedHeaders=").append(encoded(signedHeaders)).toString();
  }

  /** What comes behind that. */
  private static String query(LinkTerms terms) {
    StringBuilder query = new StringBuilder(256);
    terms.query().forEach((name, value) -> append(query, name, value));
    return query.toString();
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append('&').append(encoded(name)).append('=').append(encoded(value));
  }

  private List<String> scope(String time) {
    return List.of(time.substring(0, 8), region, service, END);
  }

  private String of(CanonicalRequest request, String time, List<String> scope) {
    String toSign = String.join("\n", ALGORITHM, time, String.join("/", scope), request.checksum());
    byte[] code = keys.authenticate(credentials, scope, toSign.getBytes(UTF_8));
    return HexFormat.of().formatHex(code);
  }

  /** Without the session token. */
  @Override
  public String toString() {
    return credentials.accessKey() + "/" + String.join("/", scope(time()));
  }
}
