package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Shows pages as any server does, and keeps what is called below {@code /ran/}. */
final class PlainServer implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Set<String> ran = new TreeSet<>();
  private final HttpServer server;

  PlainServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address of this path here. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Shows this from now on. */
  URI page(String path, String html) {
    pages.put(path, html);
    return at(path);
  }

  /** What has been called below {@code /ran/}, each once. */
  synchronized Set<String> ran() {
    return Set.copyOf(ran);
  }

  /** Waits until all this has been called. */
  synchronized void awaitRun(String... calls) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!ran.containsAll(Set.of(calls)) && System.nanoTime() < end) {
      wait(1000);
    }
    assertThat(ran).contains(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/ran/")) {
        add(exchange.getRequestURI().toString());
      }
      byte[] html = pages.getOrDefault(path, "").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(html);
    }
  }

  private synchronized void add(String call) {
    ran.add(call);
    notifyAll();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
