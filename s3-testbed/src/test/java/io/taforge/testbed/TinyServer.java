package io.taforge.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A server that has one content, in all the framings there are, and keeps what it was asked. */
final class TinyServer implements AutoCloseable {
  static final byte[] CONTENT = content();

  /** What it has seen. */
  record Seen(String method, String uri, String host, byte[] body) {}

  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  TinyServer(Executor threads) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String uri = exchange.getRequestURI().toString();
      String host = exchange.getRequestHeaders().getFirst("Host");
      byte[] body = exchange.getRequestBody().readAllBytes();
      seen.add(new Seen(exchange.getRequestMethod(), uri, host, body));
      switch (uri) {
        case "/bucket/204" -> exchange.sendResponseHeaders(204, -1);
        case "/bucket/304" -> exchange.sendResponseHeaders(304, -1);
        case "/bucket/chunks" -> send(exchange, 0, CONTENT);
        case "/bucket/close" -> {
          exchange.getResponseHeaders().set("Connection", "close");
          send(exchange, 0, CONTENT);
        }
        case "/bucket/short" -> send(exchange, 10, Arrays.copyOf(CONTENT, 10));
        default -> send(exchange, CONTENT.length, CONTENT);
      }
    }
  }

  private static void send(HttpExchange exchange, long length, byte[] content) throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    if (isHead) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
    }
    exchange.sendResponseHeaders(200, isHead ? -1 : length);
    if (!isHead) {
      exchange.getResponseBody().write(content);
    }
  }

  private static byte[] content() {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    return content;
  }
}
