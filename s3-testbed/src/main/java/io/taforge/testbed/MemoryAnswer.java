package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@link MemoryS3} answers.
 *
 * @param status of HTTP
 * @param headers besides those that every answer has
 * @param body the body; of an answer to HEAD it is only announced
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
record MemoryAnswer(int status, Map<String, String> headers, byte[] body) {
  /** RFC 9110, section 5.6.7: the day has two digits; RFC_1123_DATE_TIME writes one of them. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  static MemoryAnswer of(int status) {
    return new MemoryAnswer(status, Map.of(), new byte[0]);
  }

  static MemoryAnswer xml(String text) {
    return new MemoryAnswer(
        200,
        Map.of("Content-Type", "application/xml"),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text).getBytes(UTF_8));
  }

  static MemoryAnswer refusal(int status, String code) {
    MemoryAnswer error =
        xml("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    return new MemoryAnswer(status, error.headers, error.body);
  }

  MemoryAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new MemoryAnswer(status, more, body);
  }

  byte[] bytes(String method) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Date: " + date(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n");
    head.append("x-amz-request-id: MEMORY0001\r\n");
    if (status != 204) {
      head.append("Content-Length: " + body.length + "\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 1000);
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (!method.equals("HEAD") && status != 204) {
      bytes.writeBytes(body);
    }
    return bytes.toByteArray();
  }

  static String date(ZonedDateTime time) {
    return DATE.format(time.withZoneSameInstant(ZoneOffset.UTC));
  }
}
