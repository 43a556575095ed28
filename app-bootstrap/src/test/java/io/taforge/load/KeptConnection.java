package io.taforge.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, used again for as long as the server keeps it: so an answer that belongs
 * to another request can only be the server's doing.
 */
final class KeptConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 30_000;

  /** What came back. */
  record Answer(int status, String head, byte[] body) {}

  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  /**
   * Asks, and reads the whole answer.
   *
   * @throws IOException if the connection breaks off; the next request gets a new one
   */
  Answer ask(String method, URI link, byte[] body) throws IOException {
    boolean isKept = false;
    try {
      Socket connection = connection(link);
      checkNothingIsLeft();
      connection.getOutputStream().write(request(method, link, body));
      String head = head();
      Answer answer = new Answer(Integer.parseInt(head.substring(9, 12)), head, body(head));
      isKept = !head.contains("Connection: close");
      return answer;
    } finally {
      if (!isKept) {
        close();
      }
    }
  }

  /** The head of a request, with the length of what is to follow. */
  static String head(String method, URI link, int length) {
    return "%s %s?%s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(
            method,
            link.getRawPath(),
            link.getRawQuery(),
            link.getAuthority(),
            length > 0 ? "Content-Length: " + length + "\r\n" : "");
  }

  private Socket connection(URI link) throws IOException {
    Socket connection = socket;
    if (connection == null) {
      connection = new Socket(link.getHost(), link.getPort());
      connection.setSoTimeout(PATIENCE_MILLIS);
      connection.setTcpNoDelay(true);
      in = new BufferedInputStream(connection.getInputStream());
      socket = connection;
    }
    return connection;
  }

  private void checkNothingIsLeft() throws IOException {
    if (in.available() > 0) {
      byte[] rest = in.readNBytes(in.available());
      throw new AssertionError("Nobody has asked for '%s'".formatted(new String(rest, ISO_8859_1)));
    }
  }

  private static byte[] request(String method, URI link, byte[] body) {
    byte[] head = head(method, link, body.length).getBytes(ISO_8859_1);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer breaks off in its head: '" + head + "'");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private byte[] body(String head) throws IOException {
    int at = head.indexOf("Content-Length: ");
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer has " + body.length + " bytes of " + length);
    }
    return body;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
