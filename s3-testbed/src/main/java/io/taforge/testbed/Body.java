package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one message, which is carried on as it comes in and never held in full. */
final class Body {
  private static final int BUFFER = 64 * 1024;
  private static final long UNTIL_THE_END = Long.MAX_VALUE;

  private enum Kind {
    NONE,
    COUNTED,
    CHUNKED,
    UNTIL_THE_END
  }

  private final InputStream in;
  private final Kind kind;
  private final long length;

  private Body(InputStream in, Kind kind, long length) {
    this.in = in;
    this.kind = kind;
    this.length = length;
  }

  static Body ofRequest(MessageHead head, InputStream in) {
    return of(head, in, Kind.NONE);
  }

  static Body ofAnswer(MessageHead head, InputStream in, String method) {
    boolean hasNone = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
    return hasNone ? new Body(in, Kind.NONE, 0) : of(head, in, Kind.UNTIL_THE_END);
  }

  private static Body of(MessageHead head, InputStream in, Kind otherwise) {
    if (head.isChunked()) {
      return new Body(in, Kind.CHUNKED, UNTIL_THE_END);
    }
    return head.contentLength()
        .map(length -> new Body(in, Kind.COUNTED, length))
        .orElseGet(() -> new Body(in, otherwise, UNTIL_THE_END));
  }

  /** Whether only the end of the connection ends it. */
  boolean endsWithConnection() {
    return kind == Kind.UNTIL_THE_END;
  }

  /** Carries it on; lines of its framing go as they are. */
  void copy(Payload framing, Payload payload) throws IOException {
    switch (kind) {
      case NONE -> {}
      case COUNTED -> copy(length, payload);
      case CHUNKED -> copyChunks(framing, payload);
      case UNTIL_THE_END -> copy(UNTIL_THE_END, payload);
    }
  }

  private void copyChunks(Payload framing, Payload payload) throws IOException {
    while (true) {
      byte[] line = line();
      framing.write(line, 0, line.length);
      long size = Long.parseLong(new String(line, US_ASCII).split("[;\r\n]", 2)[0].strip(), 16);
      if (size == 0) {
        copyTrailers(framing);
        return;
      }
      copy(size, payload);
      byte[] end = line();
      framing.write(end, 0, end.length);
    }
  }

  private void copyTrailers(Payload framing) throws IOException {
    byte[] line;
    do {
      line = line();
      framing.write(line, 0, line.length);
    } while (line.length > 2);
  }

  private void copy(long count, Payload payload) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, count)];
    for (long left = count; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0 && kind == Kind.UNTIL_THE_END) {
        return;
      }
      if (read < 0) {
        throw new EOFException("A body that is cut short");
      }
      payload.write(buffer, 0, read);
      left -= read;
    }
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException("A body that is cut short");
      }
      line.write(next);
    } while (next != '\n');
    return line.toByteArray();
  }
}
