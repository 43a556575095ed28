package io.taforge.benchmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NullServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private NullServer server;

  @BeforeEach
  void start() throws IOException {
    server = NullServer.start(ServerPlan.FAST);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void smallContentComesBackWithWhatWasSaidOfIt() throws Exception {
    ask(put("/bucket/a%20b", new byte[] {1, 2, 3}).header("x-amz-meta-color", "red"));

    HttpResponse<byte[]> whole = ask(request("/bucket/a%20b"));
    HttpResponse<byte[]> part = ask(request("/bucket/a%20b").header("Range", "bytes=1-"));

    assertThat(whole.body()).containsExactly(1, 2, 3);
    assertThat(whole.headers().firstValue("x-amz-meta-color")).hasValue("red");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).containsExactly(2, 3);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1-2/3");
  }

  @Test
  void largeContentComesBackAsZeros() throws Exception {
    ask(put("/bucket/large", new byte[300_000]));

    assertThat(ask(request("/bucket/large")).body()).isEqualTo(new byte[300_000]);
  }

  @Test
  void partsMakeAnObject() throws Exception {
    String begun = text(ask(request("/bucket/parts?uploads").POST(BodyPublishers.noBody())));
    String id = Xml.all(begun, "UploadId").get(0);
    for (int number = 1; number <= 2; number++) {
      ask(put("/bucket/parts?partNumber=" + number + "&uploadId=" + id, new byte[200_000]));
    }
    ask(request("/bucket/parts?uploadId=" + id).POST(BodyPublishers.ofString("<x/>")));

    HttpResponse<byte[]> head =
        ask(request("/bucket/parts").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(400_000);
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    ask(put("/bucket/one", new byte[1]));
    ask(put("/bucket/two", new byte[1]));
    ask(request("/bucket/one").DELETE());
    String answer =
        text(
            ask(
                request("/bucket?delete")
                    .POST(
                        BodyPublishers.ofString(
                            "<Delete><Object><Key>two</Key></Object></Delete>"))));

    assertThat(Xml.all(answer, "Key")).containsExactly("two");
    assertThat(ask(request("/bucket/one")).statusCode()).isEqualTo(404);
    assertThat(ask(request("/bucket/two")).statusCode()).isEqualTo(404);
  }

  @Test
  void aBucketOfManyKeysIsListedInPages() throws Exception {
    String first = text(ask(request("/keys-2500?list-type=2")));
    String next = Xml.all(first, "NextContinuationToken").get(0);
    String second = text(ask(request("/keys-2500?list-type=2&continuation-token=" + next)));

    assertThat(Xml.all(first, "Key")).hasSize(1000).isSorted();
    assertThat(Xml.all(second, "Key")).hasSize(1000).doesNotContain(next).isSorted();
    assertThat(Xml.all(second, "Key").get(0)).isGreaterThan(next);
    assertThat(text(ask(request("/keys-2500?list-type=2&prefix=samples/f")))).contains("samples/f");
  }

  @Test
  void awsChunksAreTakenApart() {
    byte[] body =
        "3;chunk-signature=x\r\nabc\r\n2;chunk-signature=y\r\nde\r\n0;chunk-signature=z\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    assertThat(AwsChunks.content(body)).asString().isEqualTo("abcde");
  }

  @Test
  void aDelayIsKept() throws Exception {
    try (NullServer slow = NullServer.start(ServerPlan.delayed(Duration.ofMillis(30)))) {
      long start = System.nanoTime();
      client.send(
          HttpRequest.newBuilder(slow.endpoint().resolve("/bucket/none")).build(),
          BodyHandlers.discarding());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(29));
    }
  }

  private HttpRequest.Builder put(String path, byte[] content) throws IOException {
    return request(path).PUT(BodyPublishers.ofByteArray(content));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(server.endpoint() + path));
  }

  private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
