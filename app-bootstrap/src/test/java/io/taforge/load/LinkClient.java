package io.taforge.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taforge.artifact.LogSample;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Somebody with links and a connection of their own, and once in a hundred times with bad manners.
 */
final class LinkClient implements Client {
  /** What LinkServer may answer to a link that is right: HTTP's success, and the failure table. */
  private static final Set<Integer> DOCUMENTED = Set.of(200, 404, 412, 502, 503);

  private final ObjectStorageClient client;
  private final Queue<KeptConnection> connections = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<KeptConnection> connection =
      ThreadLocal.withInitial(
          () -> {
            KeptConnection fresh = new KeptConnection();
            connections.add(fresh);
            return fresh;
          });

  LinkClient(ObjectStorageClient client) {
    this.client = client;
  }

  @Override
  public String act(Random random, long number) throws Exception {
    LogSample sample = StoreClient.any(random);
    if (random.nextInt(100) == 0) {
      return misbehave(sample, random, number);
    }
    return random.nextInt(10) < 6 ? get(sample) : put(sample, number);
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection each : connections) {
      each.close();
    }
  }

  private String get(LogSample sample) {
    KeptConnection.Answer answer;
    try {
      answer = connection.get().ask("GET", link(LinkRequest.download(sample)), new byte[0]);
    } catch (IOException e) {
      return "download broken off"; // how damage is told once a part has been sent
    }
    if (answer.status() == 200 && !Numbered.isWhole(answer.body())) {
      System.err.println(Numbered.difference(answer.body()) + ", " + answer.head());
      return WRONG;
    }
    return "get " + documented(answer.status());
  }

  private String put(LogSample sample, long number) throws IOException {
    byte[] content = new Numbered(number).content();
    URI link = link(LinkRequest.upload(sample));
    return "put " + documented(connection.get().ask("PUT", link, content).status());
  }

  private URI link(LinkRequest what) {
    return client.link(what).uri();
  }

  private String misbehave(LogSample sample, Random random, long number) throws IOException {
    return switch (random.nextInt(3)) {
      case 0 -> {
        URI link = link(LinkRequest.upload(sample));
        byte[] content = new Numbered(number).content();
        say(link, KeptConnection.head("PUT", link, content.length), content, content.length / 2);
        yield "upload left half-way";
      }
      case 1 -> {
        URI link = link(LinkRequest.download(sample));
        say(link, KeptConnection.head("GET", link, 0), new byte[0], 0);
        yield "download not waited for";
      }
      default -> {
        URI link = link(LinkRequest.download(sample));
        byte[] noise = new byte[random.nextInt(500)];
        random.nextBytes(noise);
        say(link, "", noise, noise.length);
        yield "noise";
      }
    };
  }

  /** Says this much and hangs up. */
  private static void say(URI link, String head, byte[] body, int length) throws IOException {
    try (Socket socket = new Socket(link.getHost(), link.getPort())) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().write(body, 0, length);
    }
  }

  private static int documented(int status) {
    if (!DOCUMENTED.contains(status)) {
      throw new AssertionError("Status " + status + " is not documented");
    }
    return status;
  }
}
