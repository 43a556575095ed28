package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultProxyTest {
  private static final String OBJECT = "/bucket/folder/a%20b%2Bc";
  private static final byte[] CONTENT = TinyServer.CONTENT;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TinyServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new TinyServer(threads);
    proxy = FaultProxy.to(server.endpoint());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
    threads.shutdownNow();
  }

  @Test
  void withoutFaultsEverythingGoesThroughAsItIs() throws Exception {
    for (BodyPublisher body :
        List.of(
            BodyPublishers.ofByteArray(CONTENT),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(CONTENT)),
            BodyPublishers.ofByteArray(new byte[0]))) {
      for (boolean waits : new boolean[] {false, true}) {
        HttpRequest request =
            to(OBJECT + "?x=1&y").expectContinue(waits).method("PUT", body).build();
        assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
      }
    }

    assertThat(server.seen())
        .extracting(TinyServer.Seen::method, TinyServer.Seen::uri, TinyServer.Seen::host)
        .containsOnly(tuple("PUT", OBJECT + "?x=1&y", proxy.endpoint().getAuthority()));
    assertThat(server.seen())
        .extracting(TinyServer.Seen::body)
        .containsExactly(CONTENT, CONTENT, CONTENT, CONTENT, new byte[0], new byte[0]);
    assertThat(proxy.requests())
        .allSatisfy(
            request -> {
              assertThat(request.key()).isEqualTo("folder/a b+c");
              assertThat(request.bucket()).isEqualTo("bucket");
              assertThat(request.query()).isEqualTo("x=1&y");
              assertThat(request.header("hOST")).contains(proxy.endpoint().getAuthority());
            })
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "chunks", "close"})
  void answersComeBackHoweverTheyAreFramed(String framing) throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/bucket/" + framing).body()).isEqualTo(CONTENT);
    }
  }

  @Test
  void whatHasNoBodyKeepsTheConnectionInOrder() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpRequest head = to(OBJECT).method("HEAD", BodyPublishers.noBody()).build();
      HttpResponse<byte[]> answer = client.send(head, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(CONTENT.length);
      assertThat(answer.body()).isEmpty();
      assertThat(get("/bucket/204").statusCode()).isEqualTo(204);
      assertThat(get("/bucket/304").statusCode()).isEqualTo(304);
      assertThat(get(OBJECT).body()).isEqualTo(CONTENT);
    }
  }

  @Test
  void anOverloadedServerRefusesSoManyTimes() throws Exception {
    proxy.inject(Fault.slowDown(), 2);

    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> answer = put();
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("x-amz-request-id")).isPresent();
      assertThat(new String(answer.body(), UTF_8)).contains("<Code>SlowDown</Code>");
    }
    assertThat(put().statusCode()).isEqualTo(200);
    assertThat(server.seen()).hasSize(1);
    assertThat(proxy.requests()).hasSize(3);
  }

  @Test
  void aRefusalHoldsUntilItIsHealed() throws Exception {
    proxy.injectAlways(Fault.refusal(403, "AccessDenied"));
    for (int i = 0; i < 3; i++) {
      assertThat(get(OBJECT).statusCode()).isEqualTo(403);
      assertThat(put().statusCode()).isEqualTo(403);
    }
    assertThat(server.seen()).isEmpty();

    proxy.heal();
    assertThat(get(OBJECT).statusCode()).isEqualTo(200);
  }

  @Test
  void aSilentServerIsSilentUntilItIsHealed() throws Exception {
    proxy.inject(Fault.silence(), 2);
    HttpRequest impatient = to(OBJECT).timeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> client.send(impatient, BodyHandlers.ofByteArray()))
        .isInstanceOf(HttpTimeoutException.class);
    Future<HttpResponse<byte[]>> patient = threads.submit(() -> put());
    while (proxy.requests().size() < 2) {
      Thread.sleep(5);
    }
    assertThat(patient).isNotDone();

    proxy.heal();
    assertThatThrownBy(() -> patient.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(server.seen()).isEmpty();
    assertThat(get(OBJECT).body()).isEqualTo(CONTENT);
  }

  @Test
  void anAnswerIsLostAfterTheServerHasDoneItsWork() throws Exception {
    proxy.inject(Fault.lostAnswer());
    assertThat(get(OBJECT).statusCode()).isEqualTo(200);

    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(server.seen()).extracting(TinyServer.Seen::method).containsExactly("GET", "PUT");
    assertThat(put().statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionEndsWithoutAnAnswer() throws Exception {
    proxy.inject(Fault.hangUp().on(request -> request.method().equals("PUT")));

    assertThatThrownBy(this::put).isInstanceOf(IOException.class);
    assertThat(server.seen()).isEmpty();
    assertThat(put().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "chunks"})
  void aDownloadIsCutAndAnythingElseIsNot(String framing) throws Exception {
    proxy.inject(Fault.cutAfter(100_000));
    assertThat(get("/bucket/?list-type=2").body()).isEqualTo(CONTENT);
    assertThat(get("/bucket/key?tagging").body()).isEqualTo(CONTENT);

    HttpResponse<InputStream> answer =
        client.send(to("/bucket/" + framing).build(), BodyHandlers.ofInputStream());
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    assertThatThrownBy(() -> answer.body().transferTo(received)).isInstanceOf(IOException.class);
    // the client may drop what it has when the connection breaks
    assertThat(received.size()).isLessThanOrEqualTo(100_000);
    assertThat(CONTENT).startsWith(received.toByteArray());
    assertThat(get("/bucket/" + framing).body()).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "chunks", "close"})
  void oneBitOfADownloadIsAnother(String framing) throws Exception {
    int position = 299_999;
    proxy.inject(Fault.flippedBitAt(position));
    byte[] expected = CONTENT.clone();
    expected[position] ^= 1;

    assertThat(get("/bucket/" + framing).body()).isEqualTo(expected);
    assertThat(get("/bucket/" + framing).body()).isEqualTo(CONTENT);
  }

  @Test
  void aDownloadTrickles() throws Exception {
    proxy.inject(Fault.trickle(Duration.ofMillis(20)));
    long begin = System.nanoTime();

    assertThat(get("/bucket/short").body()).hasSize(10);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(180));
  }

  @Test
  void aLoginPageComesWithStatus200() throws Exception {
    proxy.inject(Fault.loginPage());

    HttpResponse<byte[]> answer = get(OBJECT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void faultsBefallTheRequestsTheyAreMadeForAndOneAtATime() throws Exception {
    proxy.inject(Fault.refusal(500, "InternalError").on(request -> request.key().equals("a")));
    proxy.inject(Fault.refusal(409, "OperationAborted"), 2);

    assertThat(get("/bucket/b").statusCode()).isEqualTo(409);
    assertThat(get("/bucket/a").statusCode()).isEqualTo(500);
    assertThat(get("/bucket/a").statusCode()).isEqualTo(409);
    assertThat(get("/bucket/a").statusCode()).isEqualTo(200);
  }

  @Test
  void afterClosingNobodyAnswers() throws Exception {
    assertThat(get(OBJECT).statusCode()).isEqualTo(200);
    URI endpoint = proxy.endpoint();
    proxy.close();

    assertThatThrownBy(
            () -> client.send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void onAClosedPortConnectionsAreRefused() {
    try (ClosedPort port = new ClosedPort()) {
      HttpRequest request = HttpRequest.newBuilder(port.endpoint()).build();
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(ConnectException.class);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(proxy.endpoint() + path));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(to(path).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> put() throws IOException, InterruptedException {
    HttpRequest request = to(OBJECT).PUT(BodyPublishers.ofByteArray(CONTENT)).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }
}
