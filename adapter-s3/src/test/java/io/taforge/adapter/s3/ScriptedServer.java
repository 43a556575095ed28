package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers with bytes that were made up, whatever is asked. */
final class ScriptedServer implements AutoCloseable {
  /** What is done with a connection: what comes is read, and something is answered. */
  @FunctionalInterface
  interface Script {
    void play(Conversation with) throws IOException;
  }

  /** A connection, and which it is, from 1. */
  record Conversation(Socket socket, InputStream in, int number) {
    /** The head of a request; empty when the client has hung up. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        head.append((char) next);
      }
      return head.toString();
    }

    String content(int length) throws IOException {
      return new String(in.readNBytes(length), ISO_8859_1);
    }

    void say(String answer) throws IOException {
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }
  }

  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();

  private ScriptedServer(Script script) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(() -> accept(script));
  }

  /** Plays it on each connection. */
  static ScriptedServer playing(Script script) throws IOException {
    return new ScriptedServer(script);
  }

  /** Answers each request without content on a connection with the same. */
  static ScriptedServer saying(String answer) throws IOException {
    return new ScriptedServer(
        with -> {
          while (!with.head().isEmpty()) {
            with.say(answer);
          }
        });
  }

  /** Says something to one request on each connection, and hangs up. */
  static ScriptedServer sayingOnce(String answer) throws IOException {
    return new ScriptedServer(
        with -> {
          with.head();
          with.say(answer);
        });
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many have been accepted. */
  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = listener.accept();
        int number = connections.incrementAndGet();
        start(() -> play(script, socket, number));
      }
    } catch (IOException e) {
      // closed: that is how it ends
    }
  }

  private static void play(Script script, Socket socket, int number) {
    try (socket) {
      script.play(
          new Conversation(socket, new BufferedInputStream(socket.getInputStream()), number));
    } catch (IOException e) {
      // the client has hung up, which it says itself
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }
}
