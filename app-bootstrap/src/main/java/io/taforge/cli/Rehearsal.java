package io.taforge.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the command once, for the JVM to see what it loads; {@code ./taforge} has it keep that for
 * later starts. What servers are asked is answered here: they take everything, and keep nothing.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Ends the process, as the command does. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("MINIO_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort());
    Taforge.start(environment, arguments);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("ETag", "\"rehearsal\"");
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
