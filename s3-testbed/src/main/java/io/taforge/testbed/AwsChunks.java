package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * A body in the framing {@code aws-chunked}, taken apart; signatures of chunks are not looked at.
 *
 * @param content what is inside
 * @param trailers headers behind it, such as checksums; names are the same in whatever case
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
record AwsChunks(byte[] content, Map<String, String> trailers) {
  static AwsChunks of(byte[] framed) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(framed.length);
    Map<String, String> trailers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int at = 0;
    while (true) {
      String line = lineAt(framed, at);
      at += line.length() + 2;
      int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      content.write(framed, at, size);
      at += size + 2;
    }
    for (String line = lineAt(framed, at); !line.isBlank(); line = lineAt(framed, at)) {
      String[] field = line.split(":", 2);
      trailers.put(field[0], field[1].strip());
      at += line.length() + 2;
    }
    return new AwsChunks(content.toByteArray(), trailers);
  }

  private static String lineAt(byte[] framed, int from) {
    int end = from;
    while (end < framed.length && framed[end] != '\r' && framed[end] != '\n') {
      end++;
    }
    return new String(framed, Math.min(from, framed.length), Math.max(0, end - from), ISO_8859_1);
  }
}
