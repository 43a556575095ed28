package io.taforge.storage.remote;

import static io.taforge.artifact.Quoted.quoted;
import static io.taforge.storage.remote.PercentEncoding.encoded;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Method;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.SignedLink;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a signed link to an object says, in S3's words.
 *
 * @param method what it is for
 * @param validity how long it works, in whole seconds
 * @param query the parameters that are signed besides those of the signature: headers that the
 *     server's answer has
 * @param headers those that the stranger's request must have exactly like this, besides {@code
 *     Host}
 */
public record LinkTerms(
    Method method, Duration validity, Map<String, String> query, Map<String, String> headers) {
  /**
   * The content's SHA-256 in hex. A server that verifies signatures verifies it against the content
   * if the header is among those that are signed, and the signature is made with it. Ceph RADOS
   * Gateway 16 does so only where there is a byte of content: it would take nothing at all in place
   * of what was announced, were the length not bound as well.
   */
  public static final String CONTENT_SHA256 = "x-amz-content-sha256";

  private static final String OF_ANSWER = "response-";
  private static final Map<String, String> PARAMETERS =
      Stream.of("Content-Disposition", "Content-Type", "Cache-Control")
          .collect(Collectors.toMap(header -> header, LinkTerms::parameter));

  /** What most links say, encoded. */
  private static final Map<String, String> ENCODED =
      Stream.concat(
              PARAMETERS.values().stream(),
              Stream.of(
                  Download.CACHE_CONTROL,
                  ContentType.BINARY.value(),
                  ContentType.GZIP.value(),
                  ContentType.ZIP.value()))
          .collect(Collectors.toMap(text -> text, PercentEncoding::encoded));

  private static final int LONGEST_KNOWN =
      ENCODED.keySet().stream().mapToInt(String::length).max().orElseThrow();

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String ANY_CONTENT = "UNSIGNED-PAYLOAD";

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if a parameter is of something else
   */
  public LinkTerms {
    for (String name : query.keySet()) {
      if (!name.startsWith(OF_ANSWER)) {
        throw new IllegalArgumentException(
            quoted(name) + " is no parameter of a link: those of the answer begin with response-");
      }
    }
    query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
    headers = Map.copyOf(headers);
  }

  /** The terms of a link that is wanted. */
  public static LinkTerms of(LinkRequest request) {
    Map<String, String> query = new TreeMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    if (request instanceof Download download) {
      download
          .responseHeaders()
          .forEach((name, value) -> query.put(PARAMETERS.getOrDefault(name, name), value));
    } else if (request instanceof Upload upload) {
      upload.contentType().ifPresent(type -> headers.put("Content-Type", type.value()));
      upload.length().ifPresent(bytes -> headers.put(CONTENT_LENGTH, String.valueOf(bytes)));
      upload.sha256().ifPresent(checksum -> headers.putAll(headers(checksum)));
    }
    return new LinkTerms(
        request.method(), Duration.ofSeconds(request.validity().toSeconds()), query, headers);
  }

  /** What a server is told to say in this header. */
  private static String parameter(String header) {
    return OF_ANSWER + header.toLowerCase(Locale.ROOT);
  }

  /** The object keeps the checksum as those do that a store has put there. */
  private static Map<String, String> headers(Sha256 checksum) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(CONTENT_SHA256, checksum.hex());
    new WireMetadata(Metadata.none(), Optional.of(checksum), Optional.empty())
        .entries()
        .forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
    return headers;
  }

  /** With one more header. */
  public LinkTerms withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new LinkTerms(method, validity, query, more);
  }

  /** The content that the link is bound to; empty if it is good for any. */
  public Optional<Sha256> content() {
    return Optional.ofNullable(headers.get(CONTENT_SHA256)).map(Sha256::ofHex);
  }

  /** What is signed in place of the content. */
  String payload() {
    return headers.getOrDefault(CONTENT_SHA256, ANY_CONTENT);
  }

  /**
   * The headers that are signed.
   *
   * @param host where the link leads
   */
  SortedMap<String, List<String>> signedHeaders(String host) {
    SortedMap<String, List<String>> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    signed.put("host", List.of(host));
    return signed;
  }

  private static String known(String text) {
    if (text.length() > LONGEST_KNOWN) { // is not looked up, as that takes as long as encoding it
      return encoded(text);
    }
    String known = ENCODED.get(text);
    return known == null ? encoded(text) : known;
  }

  /** The parameters as they are signed and sent. */
  String encodedQuery() {
    StringBuilder text = new StringBuilder(256);
    query.forEach(
        (name, value) -> {
          text.append(text.length() == 0 ? "" : "&").append(known(name));
          text.append('=').append(known(value));
        });
    return text.toString();
  }

  /**
   * The link on these terms.
   *
   * @param uri with a query that is signed
   * @param signedAt when that was
   */
  public SignedLink link(URI uri, Instant signedAt) {
    return new SignedLink(method, uri, told(), expiry(signedAt));
  }

  /** The same with a text that is a URI. */
  SignedLink link(String uri, Instant signedAt) {
    return SignedLink.of(method, uri, told(), expiry(signedAt));
  }

  private Map<String, String> told() {
    if (!headers.containsKey(CONTENT_LENGTH)) {
      return headers;
    }
    Map<String, String> told = new LinkedHashMap<>(headers);
    told.remove(CONTENT_LENGTH); // HTTP clients count themselves, and most let nobody else do it
    return told;
  }

  private Instant expiry(Instant signedAt) {
    return Instant.ofEpochSecond(signedAt.getEpochSecond() + validity.toSeconds());
  }
}
