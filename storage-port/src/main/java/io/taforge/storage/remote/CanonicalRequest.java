package io.taforge.storage.remote;

import static io.taforge.storage.remote.PercentEncoding.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a request is signed, for {@link SignatureV4}: both sides write it down in the same form.
 */
public final class CanonicalRequest {
  private final String method;
  private final String path;
  private final String query;
  private final SortedMap<String, List<String>> headers;
  private final String payload;

  private CanonicalRequest(
      String method,
      String path,
      String query,
      SortedMap<String, List<String>> headers,
      String payload) {
    this.method = method;
    this.path = path.isEmpty() ? "/" : path;
    this.query = query;
    this.headers = headers;
    this.payload = payload;
  }

  /**
   * A request.
   *
   * @param method of HTTP
   * @param path as it is sent, percent signs and all
   * @param query names and values of the parameters, nothing encoded
   * @param headers names, in any case, and values of the headers that are signed
   * @param payload SHA-256 of the content in hex, or another word of the protocol for it
   */
  public CanonicalRequest(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      String payload) {
    this(method, path, text(query), lowerCase(headers), payload);
  }

  /**
   * A request whose query is there as it is signed.
   *
   * @param headers names in lower case
   */
  static CanonicalRequest of(
      String method,
      String path,
      String query,
      SortedMap<String, List<String>> headers,
      String payload) {
    return new CanonicalRequest(method, path, query, headers, payload);
  }

  private static SortedMap<String, List<String>> lowerCase(Map<String, List<String>> headers) {
    SortedMap<String, List<String>> sorted = new TreeMap<>();
    headers.forEach((name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), values));
    return sorted;
  }

  /** In the order and with the percent signs that are signed. */
  private static String text(Map<String, List<String>> query) {
    if (query.isEmpty()) {
      return "";
    }
    SortedMap<String, List<String>> parameters = new TreeMap<>();
    query.forEach(
        (name, values) ->
            parameters.put(
                encoded(name), values.stream().map(PercentEncoding::encoded).sorted().toList()));
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, values) ->
            values.forEach(value -> text.append('&').append(name).append('=').append(value)));
    return text.substring(1);
  }

  String path() {
    return path;
  }

  /** The names of the signed headers, as requests tell them. */
  String signedHeaders() {
    return String.join(";", headers.keySet());
  }

  /** Stands for all of it in what is signed: a SHA-256 in hex. */
  String checksum() {
    StringBuilder told = new StringBuilder(128);
    headers.forEach(
        (name, values) -> {
          told.append(name).append(':');
          for (int i = 0; i < values.size(); i++) {
            told.append(i == 0 ? "" : ",").append(oneSpaced(values.get(i)));
          }
          told.append('\n');
        });
    String text =
        method + "\n" + path + "\n" + query + "\n" + told + "\n" + signedHeaders() + "\n" + payload;
    byte[] bytes = text.getBytes(UTF_8);
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }

  private static String oneSpaced(String value) {
    String stripped = value.strip();
    return stripped.contains("  ") ? stripped.replaceAll(" +", " ") : stripped;
  }

  /** Not the query, which may hold a session token. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
