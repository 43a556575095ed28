package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4, in a header or in the query of a link; for what no SDK signs as it is
 * needed. By "Authenticating Requests" of the Amazon S3 API reference.
 *
 * @param credentials who signs
 * @param sessionToken what belongs to credentials that are borrowed; empty for one's own
 * @param region which the signature is good in
 * @param service which it is good for; {@link #S3}
 * @param at when it is made
 */
public record SignatureV4(
    Credentials credentials,
    Optional<String> sessionToken,
    String region,
    String service,
    Instant at) {
  /** Amazon S3, and all servers like it. */
  public static final String S3 = "s3";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";
  private static final Pattern SIGNED_AT = Pattern.compile("(?:^|&)X-Amz-Date=([0-9TZ]+)(?:&|$)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
    return TIME.format(at);
  }

  /** What the header {@code Authorization} says of a request, which has all its others. */
  public String authorization(CanonicalRequest request) {
    return ALGORITHM
        + " Credential="
        + credentials.accessKey()
        + "/"
        + scope()
        + ", SignedHeaders="
        + request.signedHeaders()
        + ", Signature="
        + of(request);
  }

  /**
   * A link with the signature in its query.
   *
   * @param place where it leads, as an SDK writes that: bucket and key are in it; a query is not
   *     looked at
   */
  public URI link(LinkTerms terms, URI place) {
    Map<String, List<String>> headers = new TreeMap<>();
    terms
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    headers.put("host", List.of(place.getRawAuthority()));
    Map<String, List<String>> query = new TreeMap<>();
    terms.query().forEach((name, value) -> query.put(name, List.of(value)));
    query.put("X-Amz-Algorithm", List.of(ALGORITHM));
    query.put("X-Amz-Credential", List.of(credentials.accessKey() + "/" + scope()));
    query.put("X-Amz-Date", List.of(time()));
    query.put("X-Amz-Expires", List.of(String.valueOf(terms.validity().toSeconds())));
    query.put("X-Amz-SignedHeaders", List.of(String.join(";", headers.keySet())));
    sessionToken.ifPresent(token -> query.put("X-Amz-Security-Token", List.of(token)));
    CanonicalRequest request =
        new CanonicalRequest(
            terms.method().name(), place.getRawPath(), query, headers, terms.payload());
    return URI.create(
        place.getScheme()
            + "://"
            + place.getRawAuthority()
            + request.path()
            + "?"
            + request.queryText()
            + "&X-Amz-Signature="
            + of(request));
  }

  private String scope() {
    return String.join("/", day(), region, service, END);
  }

  private String day() {
    return time().substring(0, 8);
  }

  private String of(CanonicalRequest request) {
    String toSign = String.join("\n", ALGORITHM, time(), scope(), request.checksum().hex());
    byte[] key = ("AWS4" + credentials.secretKey()).getBytes(UTF_8);
    for (String each : List.of(day(), region, service, END, toSign)) {
      key = hmac(key, each);
    }
    return HexFormat.of().formatHex(key);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  /** Without the session token. */
  @Override
  public String toString() {
    return credentials.accessKey() + "/" + scope();
  }
}
