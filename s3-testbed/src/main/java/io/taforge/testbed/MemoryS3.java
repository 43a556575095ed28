package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As much of Amazon S3 as an upload, a download, a listing and a deletion take, in memory and on
 * plain sockets. It knows buckets in the path, ranges, conditions and checksums, and looks at no
 * signature, which others do; its own purpose is to be right, and fast, behind a {@link FaultProxy}
 * on which everything goes wrong.
 */
public final class MemoryS3 implements AutoCloseable {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  private final MemoryBuckets buckets = new MemoryBuckets();
  private final MemoryDialogue dialogue = new MemoryDialogue(buckets);
  private final AtomicLong requests = new AtomicLong();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener;

  private MemoryS3(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts one without buckets; the caller closes it. */
  public static MemoryS3 start() {
    try {
      MemoryS3 server = new MemoryS3(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
      start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** What it keeps, past all network. */
  public MemoryBuckets buckets() {
    return buckets;
  }

  /** How many requests have come. */
  public long requests() {
    return requests.get();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    sockets.forEach(MemoryS3::closeQuietly);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        sockets.add(client);
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed: that is how it ends
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
      for (Optional<MessageHead> head = MessageHead.read(in);
          head.isPresent();
          head = MessageHead.read(in)) {
        requests.incrementAndGet();
        if (head.get().expectsContinue()) {
          client.getOutputStream().write(CONTINUE);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Body.ofRequest(head.get(), in).copy(Payload.nowhere(), body::write);
        ProxiedRequest request = ProxiedRequest.of(head.get());
        byte[] answer = dialogue.answer(request, body.toByteArray()).bytes(request.method());
        client.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      // the client is gone
    } finally {
      sockets.remove(client);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "memory-s3");
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
