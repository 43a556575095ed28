package io.taforge.benchmark.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Bytes from and to one client, with as few copies as there can be. */
final class Wire {
  private static final int BUFFER = 256 << 10;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BUFFER);

  private final SocketChannel channel;
  private final Pace incoming;
  private final Pace outgoing;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).flip();

  Wire(SocketChannel channel, long bytesPerSecond) {
    this.channel = channel;
    this.incoming = new Pace(bytesPerSecond);
    this.outgoing = new Pace(bytesPerSecond);
  }

  /** Everything up to an empty line; empty at the end of the connection. */
  Optional<String> readHead() throws IOException {
    StringBuilder head = new StringBuilder(1024);
    int newlines = 0;
    while (true) {
      if (!in.hasRemaining() && !fill()) {
        return Optional.empty();
      }
      byte each = in.get();
      head.append((char) (each & 0xFF));
      if (each == '\n') {
        newlines++;
        if (newlines == 2) {
          int length = head.length() - 4;
          return Optional.of(length < 0 ? "" : head.substring(0, length));
        }
      } else if (each != '\r') {
        newlines = 0;
      }
    }
  }

  /** Takes so many bytes, piece by piece. */
  void read(long length, Consumer<ByteBuffer> taker) throws IOException {
    long left = length;
    while (left > 0) {
      if (!in.hasRemaining() && !fill()) {
        throw new EOFException("The body is " + left + " bytes short");
      }
      int count = (int) Math.min(left, in.remaining());
      ByteBuffer piece = in.slice(in.position(), count);
      in.position(in.position() + count);
      taker.accept(piece);
      left -= count;
    }
  }

  /** Takes a body in chunks. */
  void readChunks(Consumer<ByteBuffer> taker) throws IOException {
    while (true) {
      String line = readLine();
      int end = line.indexOf(';');
      long length = Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (length == 0) {
        while (!readLine().isEmpty()) {
          // what follows the last chunk is of no use here
        }
        return;
      }
      read(length, taker);
      readLine();
    }
  }

  void write(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void write(ByteBuffer... pieces) throws IOException {
    long left = 0;
    for (ByteBuffer each : pieces) {
      left += each.remaining();
    }
    outgoing.await(left);
    while (left > 0) {
      left -= channel.write(pieces);
    }
  }

  void writeZeros(long length) throws IOException {
    long left = length;
    while (left > 0) {
      ByteBuffer zeros = ZEROS.slice(0, (int) Math.min(left, BUFFER));
      left -= zeros.remaining();
      write(zeros);
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (!in.hasRemaining() && !fill()) {
        throw new EOFException("A line has no end");
      }
      char each = (char) (in.get() & 0xFF);
      if (each == '\n') {
        return line.toString();
      }
      if (each != '\r') {
        line.append(each);
      }
    }
  }

  private boolean fill() throws IOException {
    in.clear();
    int count = channel.read(in);
    in.flip();
    incoming.await(Math.max(0, count));
    return count > 0;
  }
}
