package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.Sha256;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a request is signed, for {@link SignatureV4}: both sides write it down in the same form.
 *
 * @param method of HTTP
 * @param path as it is sent, percent signs and all
 * @param query names and values of the parameters, nothing encoded
 * @param headers names, in any case, and values of the headers that are signed
 * @param payload SHA-256 of the content in hex, or another word of the protocol for it
 */
public record CanonicalRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    String payload) {
  /** Keeps a copy, and the headers as they are signed. */
  public CanonicalRequest {
    SortedMap<String, List<String>> sorted = new TreeMap<>();
    headers.forEach((name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), values));
    headers = Collections.unmodifiableSortedMap(sorted);
    query = Map.copyOf(query);
  }

  /** The names of the signed headers, as requests tell them. */
  String signedHeaders() {
    return String.join(";", headers.keySet());
  }

  /** The query in the order and with the percent signs that are signed. */
  String queryText() {
    SortedMap<String, List<String>> parameters = new TreeMap<>();
    query.forEach(
        (name, values) ->
            parameters.put(
                encoded(name), values.stream().map(CanonicalRequest::encoded).sorted().toList()));
    return parameters.entrySet().stream()
        .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value))
        .collect(Collectors.joining("&"));
  }

  /** Stands for all of it in what is signed. */
  Sha256 checksum() {
    String text =
        String.join(
            "\n",
            method,
            path.isEmpty() ? "/" : path,
            queryText(),
            headers.entrySet().stream()
                .map(each -> each.getKey() + ":" + value(each.getValue()) + "\n")
                .collect(Collectors.joining()),
            signedHeaders(),
            payload);
    return Sha256.of(text.getBytes(UTF_8));
  }

  private static String value(List<String> values) {
    return values.stream()
        .map(each -> each.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  /** By RFC 3986, section 2.1: everything but its unreserved characters. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Not the query, which may hold a session token. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
