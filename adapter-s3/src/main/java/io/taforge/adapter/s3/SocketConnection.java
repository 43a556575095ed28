package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connection to a server: one request at a time, and its answer. */
final class SocketConnection {
  /** As much as the JDK hands to the system in one call. */
  static final int PIECE_BYTES = 128 << 10;

  private static final int SMALL_BYTES = 8 << 10;
  private static final int MOST_LINE_BYTES = 64 << 10;

  /** An answer that a server gave before it hung up is here already, or on its way. */
  private static final Duration EARLY = Duration.ofMillis(500);

  /** Where a connection leads. */
  record Origin(boolean isSecure, String host, int port) {}

  private final Origin origin;
  private final SocketPool.Limits limits;
  private volatile Socket plain = new Socket();
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private volatile boolean isClosed;
  private long restsSince;

  private byte[] sending = new byte[SMALL_BYTES];
  private int sendingLength;
  private final byte[] received = new byte[SMALL_BYTES];
  private int position;
  private int end;

  /** To be connected. */
  SocketConnection(Origin origin, SocketPool.Limits limits) {
    this.origin = origin;
    this.limits = limits;
  }

  Origin origin() {
    return origin;
  }

  /** Whether it has been used already. */
  boolean isConnected() {
    return socket != null;
  }

  /**
   * Connects, to one of the addresses of the host.
   *
   * @throws java.net.UnknownHostException if it has none
   */
  void connect() throws IOException {
    IOException failure = new SocketException("there is no address");
    for (InetAddress each : InetAddress.getAllByName(origin.host())) {
      try {
        connect(each);
        return;
      } catch (IOException e) {
        failure = e;
        plain.close();
      }
    }
    throw failure;
  }

  private void connect(InetAddress address) throws IOException {
    Socket raw = new Socket();
    plain = raw;
    if (isClosed) {
      throw new SocketException("the connection was given up");
    }
    int most = Math.toIntExact(limits.connect().toMillis());
    raw.setTcpNoDelay(true);
    raw.setKeepAlive(true);
    raw.connect(new InetSocketAddress(address, origin.port()), most);
    Socket ready = raw;
    if (origin.isSecure()) {
      raw.setSoTimeout(most);
      ready = secure(raw);
    }
    raw.setSoTimeout(Math.toIntExact(limits.read().toMillis()));
    in = ready.getInputStream();
    out = ready.getOutputStream();
    socket = ready;
  }

  private SSLSocket secure(Socket raw) throws IOException {
    SSLSocketFactory tls =
        limits.tls().orElseThrow(() -> new IOException("TLS is not ready for a plain endpoint"));
    SSLSocket secure = (SSLSocket) tls.createSocket(raw, origin.host(), origin.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is of this host
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  /** Ends what other threads wait for on it. Over TLS without a word, which could block. */
  void close() {
    isClosed = true;
    try {
      plain.close();
    } catch (IOException e) {
      // it is of no use any more
    }
  }

  /** It waits for the next request from now on. */
  void rest() {
    restsSince = System.nanoTime();
  }

  boolean restsFor(Duration time) {
    return System.nanoTime() - restsSince >= time.toNanos();
  }

  /** Whether the other side still listens. Nothing may come before the next request. */
  boolean isAlive(Duration fresh) {
    try {
      if (isClosed || position < end || plain.getInputStream().available() > 0) {
        return false;
      }
      if (!restsFor(fresh)) {
        return true;
      }
      plain.setSoTimeout(1);
      try {
        in.read();
        return false; // its end, or what nobody has asked for
      } catch (SocketTimeoutException e) {
        return true;
      } finally {
        plain.setSoTimeout(Math.toIntExact(limits.read().toMillis()));
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Adds text to what is to be sent. */
  SocketConnection write(String text) {
    int length = text.length();
    makeRoom(length);
    for (int i = 0; i < length; i++) {
      char each = text.charAt(i);
      if (each > 0x7E || each < ' ') {
        throw new IllegalArgumentException(
            "Character %d of a request is U+%04X, which is not allowed in HTTP"
                .formatted(i, (int) each));
      }
      sending[sendingLength + i] = (byte) each;
    }
    sendingLength += length;
    return this;
  }

  /** Ends a line of what is to be sent. */
  void endLine() {
    makeRoom(2);
    sending[sendingLength++] = '\r';
    sending[sendingLength++] = '\n';
  }

  private void makeRoom(int length) {
    if (sending.length - sendingLength < length) {
      sending = Arrays.copyOf(sending, Math.max(2 * sending.length, sendingLength + length));
    }
  }

  /** Sends what was written. */
  void flush() throws IOException {
    int length = sendingLength;
    sendingLength = 0;
    out.write(sending, 0, length);
  }

  /**
   * Sends what was written, and this content with it.
   *
   * @return whether all of it was taken; a server may have answered before, and hung up
   */
  boolean send(InputStream content, long length) throws IOException {
    makeRoom((int) Math.min(PIECE_BYTES, length));
    long left = length;
    while (left > 0) {
      int most = (int) Math.min(sending.length - sendingLength, left);
      int read = content.read(sending, sendingLength, most);
      if (read < 0) {
        throw new EOFException("the content ends %,d bytes too early".formatted(left));
      }
      left -= read;
      sendingLength += read;
      if (left == 0 || sendingLength == sending.length) {
        try {
          flush();
        } catch (IOException e) {
          if (isAnsweredEarly()) {
            return false;
          }
          throw e;
        }
      }
    }
    return true;
  }

  private boolean isAnsweredEarly() {
    try {
      return isAnswered(EARLY);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an answer begins within this time. */
  boolean isAnswered(Duration time) throws IOException {
    plain.setSoTimeout(Math.toIntExact(time.toMillis()));
    try {
      return position < end || fill();
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      plain.setSoTimeout(Math.toIntExact(limits.read().toMillis()));
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    end = 0;
    int read = in.read(received);
    end = Math.max(0, read);
    return read > 0;
  }

  /** A line without its end. */
  String line() throws IOException {
    StringBuilder beginning = null;
    while (true) {
      for (int i = position; i < end; i++) {
        if (received[i] == '\n') {
          int last = i > position && received[i - 1] == '\r' ? i - 1 : i;
          String line = new String(received, position, last - position, ISO_8859_1);
          position = i + 1;
          return beginning == null ? line : whole(beginning, line);
        }
      }
      beginning = beginning == null ? new StringBuilder() : beginning;
      beginning.append(new String(received, position, end - position, ISO_8859_1));
      if (beginning.length() > MOST_LINE_BYTES) {
        throw new ProtocolException("a line of the answer does not end");
      }
      if (!fill()) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
    }
  }

  /** Its end may have come in two pieces. */
  private static String whole(StringBuilder beginning, String rest) {
    beginning.append(rest);
    int last = beginning.length() - 1;
    if (rest.isEmpty() && last >= 0 && beginning.charAt(last) == '\r') {
      beginning.setLength(last);
    }
    return beginning.toString();
  }

  /** Bytes of content; -1 at the end of the connection. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    if (position == end) {
      if (length >= received.length) {
        return in.read(buffer, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - position);
    System.arraycopy(received, position, buffer, offset, count);
    position += count;
    return count;
  }
}
