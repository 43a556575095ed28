package io.taforge.benchmark.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies in the encoding {@code aws-chunked}, with signatures or checksums between the chunks. */
final class AwsChunks {
  private AwsChunks() {}

  static byte[] content(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (body[end] != '\r') {
        end++;
      }
      String line = new String(body, start, end - start, StandardCharsets.US_ASCII);
      int semicolon = line.indexOf(';');
      int length = Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
      if (length == 0) {
        break;
      }
      content.write(body, end + 2, length);
      start = end + 2 + length + 2;
    }
    return content.toByteArray();
  }
}
