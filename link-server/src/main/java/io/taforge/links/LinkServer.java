package io.taforge.links;

import io.taforge.storage.StorageException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.link.LinkAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the signed links of a store, such as one in a folder, to anybody who has one; and nothing
 * else to anybody. Two lines start it:
 *
 * <pre>{@code
 * ObjectStorageClient client = new ObjectStorageClient(store);
 * LinkServer server = LinkServer.start(client);
 * }</pre>
 *
 * <p>What a link allows is told by {@link LinkAuthority}; whatever it does not allow is answered
 * with status 403 and always the same words. A download is verified while it is sent, and the
 * connection broken if it is not what was stored; HEAD, a single range and {@code If-None-Match}
 * are understood. An upload is stored as by {@link ObjectStorageClient#upload}, all or nothing and
 * within the client's limit, while it comes in.
 *
 * <p>It speaks HTTP/1.1 without TLS. Strangers on other machines need a reverse proxy before it,
 * that keeps the header {@code Host}; the store's settings say under which address it is reached.
 */
public final class LinkServer implements AutoCloseable {
  /** The port of {@link LinkAuthority#DEFAULT_ENDPOINT}. */
  public static final int DEFAULT_PORT = LinkAuthority.DEFAULT_ENDPOINT.getPort();

  /**
   * None is used again. With Jetty 12.1.14's pool and clients that hang up half-way, one answer in
   * some hundred thousand came to a connection that had not asked for it, and without the pool none
   * of two million; jetty/jetty.project#12939 is about a buffer that is given back twice.
   */
  private static final ByteBufferPool BUFFERS = new ByteBufferPool.NonPooling();

  private static final int MOST_THREADS = 200;
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final long LEAST_BYTES_PER_SECOND = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;
  private final LinkAuthority authority;

  private LinkServer(Server server, ServerConnector connector, LinkAuthority authority) {
    this.server = server;
    this.connector = connector;
    this.authority = authority;
  }

  /**
   * Starts on loopback, so that only this machine reaches it, at the {@link #DEFAULT_PORT}. The
   * client's store stays open, and is the caller's to close after the server.
   *
   * @throws IllegalArgumentException if the store's links are not served here but by its own server
   * @throws UncheckedIOException if the port is taken
   */
  public static LinkServer start(ObjectStorageClient client) {
    return start(client, new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT));
  }

  /**
   * Starts at this address.
   *
   * @param address port 0 is any that is free
   * @throws IllegalArgumentException if the store's links are not served here but by its own
   *     server; or if the address is not loopback and the store's settings do not say where links
   *     lead
   * @throws UncheckedIOException if the address cannot be had
   * @throws StorageException if the store cannot keep where its links are served
   */
  public static LinkServer start(ObjectStorageClient client, InetSocketAddress address) {
    LinkAuthority authority =
        LinkAuthority.of(client.store())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "This store's links are not served here: its own server does, or it has"
                            + " none"));
    if (!authority.isEndpointFixed() && !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          address
              + " can be reached from other machines: then the store's settings must say under"
              + " which address links lead there");
    }
    Server server = new Server(threads(), null, BUFFERS);
    server.setStopTimeout(FAREWELL.toMillis());
    server.setErrorHandler(new Refusals());
    server.setHandler(
        new MinimumDataRateHandler(
            new LinkHandler(client, authority), LEAST_BYTES_PER_SECOND, LEAST_BYTES_PER_SECOND));
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(PATIENCE.toMillis());
    server.addConnector(connector);
    LinkServer started = new LinkServer(server, connector, authority);
    started.listen(address);
    return started;
  }

  /** Where links lead. */
  public URI endpoint() {
    return authority.endpoint();
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Ends it, within seconds; an upload that is not complete leaves nothing. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The link server cannot be stopped", e);
    }
  }

  private void listen(InetSocketAddress address) {
    try {
      server.start();
      String host = address.getAddress().getHostAddress();
      authority.serveAt(
          URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port()));
    } catch (Exception e) {
      close();
      throw failure(e, address);
    }
  }

  private static RuntimeException failure(Exception e, InetSocketAddress address) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof IOException || e.getCause() instanceof BindException) {
      return new UncheckedIOException(
          address + " cannot be listened on: " + e.getMessage(), new IOException(e));
    }
    return new IllegalStateException("The link server cannot be started", e);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("taforge-links");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    return threads;
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUseInputDirectByteBuffers(false); // which would be dear to make each time
    http.setUseOutputDirectByteBuffers(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    http.setUriCompliance(UriCompliance.UNSAFE); // nothing is decoded before it is known as ours
    return new HttpConnectionFactory(http);
  }
}
