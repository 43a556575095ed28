package io.taforge.adapter.s3;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.OptionalLong;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The head of an answer in HTTP/1.1.
 *
 * @param head what the SDK gets of it
 * @param length of the content, if it is told
 * @param isInChunks whether the content comes in chunks, whatever length is told
 * @param isLast whether the connection is closed behind it
 */
record SocketAnswer(SdkHttpResponse head, OptionalLong length, boolean isInChunks, boolean isLast) {
  private static final int MOST_HEADERS = 1000;

  /**
   * Reads the next answer, or one that announces it.
   *
   * @throws ProtocolException if it is none
   */
  static SocketAnswer read(SocketConnection connection) throws IOException {
    String status = connection.line();
    SdkHttpFullResponse.Builder head = SdkHttpResponse.builder().statusCode(code(status));
    if (status.length() > 13) {
      head.statusText(status.substring(13));
    }
    OptionalLong length = OptionalLong.empty();
    boolean isInChunks = false;
    boolean isLast = status.charAt(7) == '0';
    int headers = 0;
    for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || line.charAt(0) <= ' ' || ++headers > MOST_HEADERS) {
        throw new ProtocolException("the answer has headers that HTTP does not allow");
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).trim();
      head.appendHeader(name, value);
      if (name.equalsIgnoreCase("Content-Length")) {
        long told = length(value);
        if (length.isPresent() && length.getAsLong() != told) {
          throw new ProtocolException("the answer has two lengths");
        }
        length = OptionalLong.of(told);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        if (!value.equalsIgnoreCase("chunked")) {
          throw new ProtocolException("the answer has a transfer encoding that nobody asked for");
        }
        isInChunks = true;
      } else if (name.equalsIgnoreCase("Connection")) {
        isLast |= value.toLowerCase(Locale.ROOT).contains("close");
      }
    }
    return new SocketAnswer(head.build(), length, isInChunks, isLast);
  }

  private static int code(String status) throws ProtocolException {
    boolean isHttp = status.startsWith("HTTP/1.") && status.length() >= 12;
    if (isHttp && status.charAt(8) == ' ' && (status.length() == 12 || status.charAt(12) == ' ')) {
      int code = 0;
      for (int i = 9; i < 12; i++) {
        int digit = status.charAt(i) - '0';
        code = digit < 0 || digit > 9 ? -1000 : 10 * code + digit;
      }
      if (code >= 100) {
        return code;
      }
    }
    throw new ProtocolException("what answers does not speak HTTP/1.1");
  }

  private static long length(String value) throws ProtocolException {
    try {
      if (!value.startsWith("+")) {
        long length = Long.parseLong(value);
        if (length >= 0) {
          return length;
        }
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new ProtocolException("the answer has a length that is no number");
  }

  /** Whether the answer itself is yet to come. */
  boolean isInterim() {
    return head.statusCode() < 200 && head.statusCode() != 101;
  }

  /** Whether content belongs to it; there may still be nothing in it. */
  boolean hasContent(SdkHttpMethod method) {
    return method != SdkHttpMethod.HEAD && head.statusCode() != 204 && head.statusCode() != 304;
  }
}
