package io.taforge.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to a {@link FaultProxy}, and the one to the server that belongs to it.
 */
final class ProxyConnection {
  /** Servers close what has been idle for longer; a request must not run into that. */
  private static final long MOST_IDLE = TimeUnit.SECONDS.toNanos(3);

  /** The server's side. */
  record ServerSide(Socket socket, InputStream in, OutputStream out) {}

  private final FaultProxy proxy;
  private @Nullable ServerSide server; // not there before the first request that gets through
  private long usedAt;

  private ProxyConnection(FaultProxy proxy) {
    this.proxy = proxy;
  }

  /** Serves request after request until one side has enough. */
  static void serve(FaultProxy proxy, Socket client) {
    ProxyConnection connection = new ProxyConnection(proxy);
    try {
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
      boolean goesOn = true;
      while (goesOn) {
        Optional<MessageHead> head = MessageHead.read(in);
        if (head.isEmpty()) {
          return;
        }
        Exchange exchange = new Exchange(proxy, connection, head.get(), in, client);
        proxy.next(exchange.request()).befall(exchange);
        goesOn = exchange.goesOn();
      }
    } catch (IOException e) {
      // one side is gone, by itself or on purpose; the other one learns of it below
    } finally {
      proxy.release(client);
      connection.dropServer();
    }
  }

  /** The connection to the server, as good as new. */
  ServerSide server() throws IOException {
    if (server != null && System.nanoTime() - usedAt > MOST_IDLE) {
      dropServer();
    }
    if (server == null) {
      Socket socket = proxy.connect();
      server =
          new ServerSide(
              socket,
              new BufferedInputStream(socket.getInputStream(), 64 * 1024),
              socket.getOutputStream());
    }
    return server;
  }

  void served() {
    usedAt = System.nanoTime();
  }

  private void dropServer() {
    if (server != null) {
      proxy.release(server.socket());
      server = null;
    }
  }
}
