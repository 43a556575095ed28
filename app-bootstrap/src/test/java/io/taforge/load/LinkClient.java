package io.taforge.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taforge.artifact.LogSample;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/** Somebody with links and an HTTP client, and once in a hundred times with bad manners. */
final class LinkClient implements Client {
  /** What LinkServer may answer to a link that is right: HTTP's success, and the failure table. */
  private static final Set<Integer> DOCUMENTED = Set.of(200, 404, 412, 500, 502, 503);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ObjectStorageClient client;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newFixedThreadPool(2, LinkClient::daemon))
          .build();

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

  private String get(LogSample sample) throws Exception {
    HttpRequest request = request(LinkRequest.download(sample)).GET().build();
    HttpResponse<byte[]> answer;
    try {
      answer = http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      return "download broken off"; // how damage is told once a part has been sent
    }
    if (answer.statusCode() == 200 && !Numbered.isWhole(answer.body())) {
      System.err.println(Numbered.difference(answer.body()) + ", " + answer.headers().map());
      return WRONG;
    }
    return "get " + documented(answer.statusCode());
  }

  private String put(LogSample sample, long number) throws Exception {
    byte[] content = new Numbered(number).content();
    HttpRequest request =
        request(LinkRequest.upload(sample))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    return "put " + documented(http.send(request, BodyHandlers.discarding()).statusCode());
  }

  private HttpRequest.Builder request(LinkRequest what) {
    return HttpRequest.newBuilder(client.link(what).uri()).timeout(PATIENCE);
  }

  private String misbehave(LogSample sample, Random random, long number) throws IOException {
    return switch (random.nextInt(3)) {
      case 0 -> {
        URI link = client.link(LinkRequest.upload(sample)).uri();
        byte[] content = new Numbered(number).content();
        say(link, head("PUT", link, content.length), content, content.length / 2);
        yield "upload left half-way";
      }
      case 1 -> {
        URI link = client.link(LinkRequest.download(sample)).uri();
        say(link, head("GET", link, 0), new byte[0], 0);
        yield "download not waited for";
      }
      default -> {
        URI link = client.link(LinkRequest.download(sample)).uri();
        byte[] noise = new byte[random.nextInt(500)];
        random.nextBytes(noise);
        say(link, "", noise, noise.length);
        yield "noise";
      }
    };
  }

  private static String head(String method, URI link, int length) {
    return method
        + " "
        + link.getRawPath()
        + "?"
        + link.getRawQuery()
        + " HTTP/1.1\r\nHost: "
        + link.getAuthority()
        + (length > 0 ? "\r\nContent-Length: " + length : "")
        + "\r\n\r\n";
  }

  /** Says this much and hangs up. */
  private static void say(URI link, String head, byte[] body, int length) throws IOException {
    try (Socket socket = new Socket(link.getHost(), link.getPort())) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().write(body, 0, length);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "http");
    thread.setDaemon(true);
    return thread;
  }

  private static int documented(int status) {
    if (!DOCUMENTED.contains(status)) {
      throw new AssertionError("Status " + status + " is not documented");
    }
    return status;
  }
}
