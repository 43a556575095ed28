package io.taforge.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to a server, on which things can go wrong. Requests go through byte by byte, so that
 * their signatures stay valid, and answers come back likewise; whatever is injected befalls the
 * next requests that it fits. All that came is kept, so that tests can count.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int ALWAYS = Integer.MAX_VALUE;

  /** A fault that waits for its requests. */
  private record Waiting(Fault fault, AtomicInteger times) {
    /** Whether this request is one of them. */
    boolean takes(ProxiedRequest request) {
      return fault.fits(request)
          && times.getAndUpdate(left -> left == ALWAYS ? left : Math.max(0, left - 1)) > 0;
    }
  }

  private final URI server;
  private final ServerSocket listener;
  private final List<Waiting> faults = new CopyOnWriteArrayList<>();
  private final Queue<ProxiedRequest> requests = new ConcurrentLinkedQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch healing = new CountDownLatch(1);

  private FaultProxy(URI server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** Opens a way to a server that is spoken to by plain HTTP; the caller closes it. */
  public static FaultProxy to(URI server) {
    try {
      ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, listener);
      start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to send requests instead of to the server. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The next request that it fits is befallen by it; earlier ones come first. */
  public void inject(Fault fault) {
    inject(fault, 1);
  }

  /** The next requests that it fits are befallen by it; earlier ones come first. */
  public void inject(Fault fault, int times) {
    faults.add(new Waiting(fault, new AtomicInteger(times)));
  }

  /** All requests that it fits are befallen by it. */
  public void injectAlways(Fault fault) {
    inject(fault, ALWAYS);
  }

  /** Nothing goes wrong any more; whoever still waits for an answer loses the connection. */
  public void heal() {
    faults.clear();
    CountDownLatch waiting = healing;
    healing = new CountDownLatch(1);
    waiting.countDown();
  }

  /** What has come so far, in this order. */
  public List<ProxiedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Forgets what has come so far. */
  public void forgetRequests() {
    requests.clear();
  }

  /** Ends all connections; nothing is listened to any more. */
  @Override
  public void close() {
    closeQuietly(listener);
    heal();
    sockets.forEach(FaultProxy::closeQuietly);
  }

  /** Keeps the request and says what befalls it. */
  Fault next(ProxiedRequest request) {
    requests.add(request);
    return faults.stream()
        .filter(each -> each.takes(request))
        .map(Waiting::fault)
        .findFirst()
        .orElse(Fault.NONE);
  }

  /** The next time that {@link #heal} is called. */
  CountDownLatch healing() {
    return healing;
  }

  /** One more connection to the server, closed with this. */
  Socket connect() throws IOException {
    Socket socket = adopted(new Socket());
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5000);
    return socket;
  }

  void release(Socket socket) {
    sockets.remove(socket);
    closeQuietly(socket);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = adopted(listener.accept());
        start(() -> ProxyConnection.serve(this, client));
      }
    } catch (IOException e) {
      // closed: that is how it ends
    }
  }

  private Socket adopted(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    if (listener.isClosed()) {
      release(socket); // it came while everything was being closed
    }
    return socket;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // it is of no use any more, closed or not
    }
  }
}
