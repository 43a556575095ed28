package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One request on its way through a {@link FaultProxy}, and what is done about it. */
final class Exchange {
  /** What happens to the body of an answer on its way to the client. */
  interface Change {
    Payload before(Payload client);
  }

  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  private final ProxyConnection connection;
  private final MessageHead head;
  private final InputStream fromClient;
  private final OutputStream toClient;
  private final Socket client;
  private final ProxiedRequest request;
  private final CountDownLatch healing;
  private Change change = server -> server;
  private byte[] asked;
  private boolean isBodyTaken;
  private boolean goesOn;

  Exchange(
      FaultProxy proxy,
      ProxyConnection connection,
      MessageHead head,
      InputStream fromClient,
      Socket client)
      throws IOException {
    this.connection = connection;
    this.head = head;
    this.fromClient = fromClient;
    this.toClient = client.getOutputStream();
    this.client = client;
    this.asked = head.bytes();
    this.request = ProxiedRequest.of(head);
    this.healing = proxy.healing(); // before the request is seen, or whoever heals then is missed
    this.goesOn = !head.isLastOfConnection();
  }

  ProxiedRequest request() {
    return request;
  }

  /** Whether another request can come on the same connection. */
  boolean goesOn() {
    return goesOn;
  }

  /** Lets it through. */
  void forward() throws IOException {
    forward(client -> client);
  }

  /** Lets it through, and the answer only changed. */
  void forward(Change change) throws IOException {
    exchange(toClient::write, change);
  }

  /** Lets it through, and no answer. */
  void forwardWithoutAnswer() throws IOException {
    exchange(Payload.nowhere(), client -> Payload.nowhere());
  }

  /** Lets it through, and the body of the request only changed. */
  void forwardChanged(Change upload) throws IOException {
    change = upload;
    forward();
  }

  /** Lets it through and takes the whole answer, of which nothing has been said yet. */
  WholeAnswer ask() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    exchange(answer::write, body -> body);
    return WholeAnswer.parse(request.method(), answer.toByteArray());
  }

  /** Changes what the server will be asked. */
  void askFor(UnaryOperator<byte[]> other) {
    asked = other.apply(asked);
  }

  /** Answers that another host is to be asked for the same. */
  void redirect(URI elsewhere) throws IOException {
    takeBody(Payload.nowhere());
    String target = elsewhere + request.path() + "?" + request.query();
    say(
        ("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n")
            .getBytes(US_ASCII));
  }

  /** Says something, whatever it is. */
  void say(byte[] bytes) throws IOException {
    toClient.write(bytes);
  }

  /** Says something byte by byte, as long as something goes wrong. */
  void trickle(byte[] bytes, Duration pause) throws IOException {
    for (byte each : bytes) {
      toClient.write(each);
      if (isHealedWithin(pause)) {
        hangUp();
        return;
      }
    }
  }

  /** Ends the connection in the way of a crash, not of a farewell. */
  void reset() throws IOException {
    client.setSoLinger(true, 0);
    hangUp();
  }

  /** Answers instead of the server. */
  void answer(Answer answer) throws IOException {
    if (!isBodyTaken) {
      if (head.expectsContinue()) {
        hangUp(); // whoever waits to be told to send it may do so or not
      } else {
        takeBody(Payload.nowhere());
      }
    }
    toClient.write(answer.bytes(request.method()));
  }

  /** The body of the request; it cannot be forwarded any more. */
  byte[] takeBody() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    takeBody(body::write);
    return body.toByteArray();
  }

  /** Takes the request and says nothing until nothing goes wrong any more. */
  void stall() throws IOException {
    takeBody(Payload.nowhere());
    hold();
  }

  /** Says nothing until nothing goes wrong any more, and then no more. */
  void hold() {
    try {
      healing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }

  private boolean isHealedWithin(Duration time) {
    try {
      return healing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the connection. */
  void hangUp() {
    goesOn = false;
  }

  private void takeBody(Payload payload) throws IOException {
    isBodyTaken = true;
    if (head.expectsContinue()) {
      toClient.write(CONTINUE);
    }
    Body.ofRequest(head, fromClient).copy(Payload.nowhere(), payload);
  }

  private void exchange(Payload client, Change change) throws IOException {
    ProxyConnection.ServerSide server = connection.server();
    server.out().write(asked);
    if (!head.expectsContinue()) {
      sendBody(server.out());
    }
    MessageHead answer = receive(server.in());
    while (answer.status() < 200) {
      if (answer.status() == 100 && head.expectsContinue() && !isBodyTaken) {
        toClient.write(answer.bytes());
        sendBody(server.out());
      }
      answer = receive(server.in());
    }
    write(answer.bytes(), client);
    Body body = Body.ofAnswer(answer, server.in(), request.method());
    body.copy(client, change.before(client));
    connection.served();
    if (body.endsWithConnection() || answer.isLastOfConnection()) {
      hangUp();
    }
  }

  /** Sends the body on; a server that has heard enough may have an answer nevertheless. */
  private void sendBody(OutputStream server) throws IOException {
    isBodyTaken = true;
    Payload lenient =
        new Payload() {
          private boolean isHeard = true;

          @Override
          public void write(byte[] buffer, int offset, int length) {
            try {
              if (isHeard) {
                server.write(buffer, offset, length);
              }
            } catch (IOException e) {
              isHeard = false;
            }
          }
        };
    Body.ofRequest(head, fromClient).copy(lenient, change.before(lenient));
  }

  private static MessageHead receive(InputStream server) throws IOException {
    return MessageHead.read(server)
        .orElseThrow(() -> new EOFException("The server has closed the connection"));
  }

  private static void write(byte[] bytes, Payload to) throws IOException {
    to.write(bytes, 0, bytes.length);
  }
}
