package io.taforge.benchmark.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands before the body of a request.
 *
 * @param method such as {@code PUT}
 * @param bucket first segment of the path; empty for none
 * @param key the rest of the path, decoded; empty for none
 * @param query the parameters, decoded
 * @param headers names in lower case
 */
record RequestHead(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    Map<String, String> headers) {

  /** Reads what came before the empty line. */
  static RequestHead parse(String text) {
    int end = text.indexOf("\r\n");
    String line = end < 0 ? text : text.substring(0, end);
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first < 0 || last <= first) {
      throw new IllegalArgumentException(line);
    }
    String target = line.substring(first + 1, last);
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    int slash = path.indexOf('/', 1);
    return new RequestHead(
        line.substring(0, first),
        decoded(slash < 0 ? path.substring(1) : path.substring(1, slash)),
        slash < 0 ? "" : decoded(path.substring(slash + 1)),
        mark < 0 ? Map.of() : query(target.substring(mark + 1)),
        headers(text, end));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean asks(String parameter) {
    return query.containsKey(parameter);
  }

  /** How many bytes follow; empty if only their end tells. */
  OptionalLong contentLength() {
    String length = headers.get("content-length");
    if (length != null) {
      return OptionalLong.of(Long.parseLong(length));
    }
    return isChunked() ? OptionalLong.empty() : OptionalLong.of(0);
  }

  boolean isChunked() {
    return "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
  }

  /** Whether the body is in chunks of Amazon's, with signatures or checksums between them. */
  boolean isInAwsChunks() {
    return headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
  }

  /** Whether who asks compares an ETag with an MD5 of its own, as rclone does, and s3cmd. */
  boolean comparesMd5() {
    return header("user-agent").map(agent -> agent.startsWith("rclone")).orElse(true);
  }

  private static Map<String, String> headers(String text, int end) {
    Map<String, String> headers = new HashMap<>();
    int start = end < 0 ? text.length() : end + 2;
    while (start < text.length()) {
      int next = text.indexOf("\r\n", start);
      String line = next < 0 ? text.substring(start) : text.substring(start, next);
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      start = next < 0 ? text.length() : next + 2;
    }
    return headers;
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String each : text.split("&", -1)) {
      int equals = each.indexOf('=');
      query.put(
          decoded(equals < 0 ? each : each.substring(0, equals)),
          equals < 0 ? "" : decoded(each.substring(equals + 1).replace("+", "%20")));
    }
    return query;
  }

  private static String decoded(String text) {
    return text.indexOf('%') < 0
        ? text
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
