package io.taforge.benchmark.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the server says.
 *
 * @param status of HTTP
 * @param headers besides those that every answer has
 * @param length of the body
 * @param body the body; empty if it is zeros
 */
record Answer(int status, Map<String, String> headers, long length, Optional<byte[]> body) {
  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  static Answer empty(int status) {
    return new Answer(status, Map.of(), 0, Optional.empty());
  }

  static Answer tagged(String etag) {
    return new Answer(200, Map.of("ETag", etag), 0, Optional.empty());
  }

  static Answer xml(int status, String text) {
    byte[] body = (XML + text).getBytes(StandardCharsets.UTF_8);
    return new Answer(
        status, Map.of("Content-Type", "application/xml"), body.length, Optional.of(body));
  }

  static Answer failure(int status, String code) {
    return xml(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
  }

  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, length, body);
  }

  /** The head as it goes over the wire. */
  String head() {
    StringBuilder text = new StringBuilder(512).append("HTTP/1.1 ").append(status).append(" -\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("Server: null\r\nx-amz-request-id: 0\r\nDate: ").append(HttpDates.now());
    if (status != 204) {
      text.append("\r\nContent-Length: ").append(length);
    }
    return text.append("\r\n\r\n").toString();
  }
}
