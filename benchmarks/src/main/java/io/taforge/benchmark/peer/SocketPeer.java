package io.taforge.benchmark.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A socket for each thread and HTTP by hand, without signatures, checksums or objects: what no
 * client can be faster than.
 */
final class SocketPeer implements Peer {
  private static final ThreadLocal<Line> LINE = new ThreadLocal<>();

  private final Site site;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

  SocketPeer(Site site) {
    this.site = site;
  }

  @Override
  public void put(String key, byte[] content) throws IOException {
    Line line = line();
    line.send(head("PUT", key, content.length), ByteBuffer.wrap(content));
    line.receive(null);
  }

  @Override
  public long get(String key) throws IOException {
    Line line = line();
    line.send(head("GET", key, 0));
    return line.receive(null);
  }

  @Override
  public void upload(String key, Path file) throws IOException {
    Line line = line();
    try (FileChannel content = FileChannel.open(file)) {
      long size = content.size();
      line.send(head("PUT", key, size));
      long sent = 0;
      while (sent < size) {
        sent += content.transferTo(sent, size - sent, line.channel);
      }
    }
    line.receive(null);
  }

  @Override
  public void download(String key, Path file) throws IOException {
    Line line = line();
    try (FileChannel target =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      line.send(head("GET", key, 0));
      line.receive(target);
    }
  }

  @Override
  public void close() throws IOException {
    for (Line each : lines) {
      each.channel.close();
    }
  }

  private ByteBuffer head(String method, String key, long length) {
    String head =
        method
            + " /"
            + site.bucket()
            + "/"
            + key
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: socket\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    return ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Line line() throws IOException {
    Line line = LINE.get();
    if (line == null) {
      line = new Line(SocketChannel.open());
      line.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      line.channel.connect(
          new InetSocketAddress(site.endpoint().getHost(), site.endpoint().getPort()));
      lines.add(line);
      LINE.set(line);
    }
    return line;
  }

  /** One connection and what was read from it. */
  private static final class Line {
    private static final String LENGTH = "Content-Length: ";

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);

    Line(SocketChannel channel) {
      this.channel = channel;
    }

    void send(ByteBuffer... pieces) throws IOException {
      while (pieces[pieces.length - 1].hasRemaining()) {
        channel.write(pieces);
      }
    }

    /** Reads an answer; says how many bytes its body had. */
    long receive(@Nullable FileChannel target) throws IOException {
      in.clear();
      int end = -1;
      String text = "";
      while (end < 0) {
        fill();
        byte[] bytes = new byte[Math.min(in.position(), 4096)];
        in.duplicate().flip().get(bytes);
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        end = text.indexOf("\r\n\r\n");
      }
      if (!text.startsWith("HTTP/1.1 200")) {
        throw new IOException(text.substring(0, text.indexOf('\r')));
      }
      int start = text.indexOf(LENGTH) + LENGTH.length();
      long length = Long.parseLong(text.substring(start, text.indexOf('\r', start)));
      in.flip().position(end + 4);
      long left = length;
      while (true) {
        left -= in.remaining();
        if (target != null) {
          while (in.hasRemaining()) {
            target.write(in);
          }
        }
        if (left <= 0) {
          return length;
        }
        in.clear();
        fill();
        in.flip();
      }
    }

    private void fill() throws IOException {
      if (channel.read(in) < 0) {
        throw new EOFException("The answer has no end");
      }
    }
  }
}
