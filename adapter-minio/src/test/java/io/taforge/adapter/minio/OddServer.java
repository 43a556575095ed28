package io.taforge.adapter.minio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers requests without a body with what it is told to, one answer a connection. For what no
 * real server says on demand.
 */
final class OddServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong flood = new AtomicLong();

  OddServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "odd-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The next request is answered with this status line, these headers, and this body. */
  OddServer willSay(String status, String headers, String body) {
    answers.add(
        "HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, headers, body.length(), body));
    return this;
  }

  /** The next request is answered with XML that ends in the middle. */
  OddServer willBreakOff(String xml) {
    answers.add(
        "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 100000\r\n\r\n" + xml);
    return this;
  }

  /** The next request is answered with bytes, as many and as fast as the client takes them. */
  OddServer willFlood() {
    answers.add(
        "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\nETag: \"1\"\r\n"
            + "Last-Modified: Tue, 24 Nov 2026 21:05:37 GMT\r\n\r\n");
    return this;
  }

  /** The request lines that have come. */
  List<String> requests() {
    return requests;
  }

  /** How many bytes of a flood the client has taken. */
  long flooded() {
    return flood.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = listener.accept()) {
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
          String line = lines.readLine();
          if (line != null) {
            requests.add(line);
            while (!line.isEmpty()) {
              line = lines.readLine();
            }
            answer(client.getOutputStream());
          }
        }
      }
    } catch (IOException e) {
      // closed: that is how it ends
    }
  }

  private void answer(OutputStream client) throws IOException {
    String answer = answers.size() > 1 ? answers.remove() : answers.element();
    client.write(answer.getBytes(ISO_8859_1));
    byte[] bytes = new byte[64 * 1024];
    try {
      while (answer.contains("Content-Length: 100000000000")) {
        client.write(bytes);
        flood.addAndGet(bytes.length);
      }
    } catch (IOException e) {
      flood.addAndGet(0); // the client has had enough
    }
  }
}
