package io.taforge.benchmark.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The server: discards large content and remembers the rest, a thread for each connection, on the
 * loopback only. It verifies no signatures, so it is good for nothing but measuring clients.
 */
public final class NullServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final ServerPlan plan;
  private final Shelf shelf = new Shelf();

  private NullServer(ServerSocketChannel listener, ServerPlan plan) {
    this.listener = listener;
    this.plan = plan;
  }

  /** Starts one on a free port; to be closed. */
  public static NullServer start(ServerPlan plan) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    NullServer server = new NullServer(listener, plan);
    thread(server::listen).start();
    return server;
  }

  /**
   * Starts one, prints where it listens, and ends when nobody can write to it any more.
   *
   * @param arguments delay of a request in nanoseconds, and bytes a second of a connection
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    ServerPlan plan = new ServerPlan(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
    try (NullServer server = start(plan)) {
      System.out.println(server.endpoint());
      while (System.in.read() >= 0) {
        // whoever has started it is still there
      }
    }
  }

  /** Where it listens. */
  public URI endpoint() throws IOException {
    InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void listen() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        thread(new Conversation(client, plan, shelf)).start();
      }
    } catch (ClosedChannelException e) {
      // it was closed
    } catch (IOException e) {
      throw new IllegalStateException("Nobody can connect any more", e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "null-server");
    thread.setDaemon(true);
    return thread;
  }
}
