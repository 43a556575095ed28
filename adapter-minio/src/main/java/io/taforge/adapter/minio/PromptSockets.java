package io.taforge.adapter.minio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that send what they are told to at once, and else wait for more. OkHttp's own wait
 * for an acknowledgement of what they sent before, which takes up to 40 ms, and ask the system once
 * for each 8 KB. Those of TLS are put on top of these.
 */
final class PromptSockets extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Buffered();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
  }

  private Socket connected(SocketAddress to, @Nullable SocketAddress from) throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(from);
      socket.connect(to);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class Buffered extends Socket {
    private static final int BUFFER = 1 << 16;

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new BufferedOutputStream(super.getOutputStream(), BUFFER);
    }
  }
}
