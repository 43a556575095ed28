package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Certificates;
import io.taforge.testbed.TlsTunnel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.AttributeMap;

class SocketTransportTest {
  private static final String FIVE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private final ScheduledExecutorService cleaner = Executors.newScheduledThreadPool(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SdkHttpClient client = client(4, (SSLSocketFactory) SSLSocketFactory.getDefault());

  @AfterEach
  void close() {
    client.close();
    cleaner.shutdownNow();
    threads.shutdownNow();
  }

  private SdkHttpClient client(int connections, SSLSocketFactory tls) {
    SocketPool.Limits limits =
        new SocketPool.Limits(
            connections,
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Optional.of(tls),
            cleaner);
    return new SocketTransport.Builder(limits).buildWithDefaults(AttributeMap.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 8_000, 200_000, 3_000_000})
  void contentGoesUpAsItIs(int length) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              received.add(with.head());
              received.add(with.content(length));
              with.say(FIVE);
            })) {
      HttpExecuteResponse answer = put(server.uri(), content, Map.of("X-One", "1")).call();

      assertThat(answer.httpResponse().statusCode()).isEqualTo(200);
      assertThat(received.take())
          .startsWith("PUT /b/k?a=x%20y HTTP/1.1\r\n")
          .contains("X-One: 1\r\n", "Content-Length: " + length + "\r\n")
          .contains("Host: 127.0.0.1:" + server.uri().getPort() + "\r\n");
      assertThat(received.take()).isEqualTo(new String(content, ISO_8859_1));
    }
  }

  @Test
  void aPutOfNothingSaysSo() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              received.add(with.head());
              with.say(FIVE);
            })) {
      exchange(request(server.uri(), SdkHttpMethod.PUT, Map.of())).call();
      assertThat(received.take()).contains("Content-Length: 0\r\n");

      get(server.uri()).call();
      assertThat(received.take()).doesNotContain("Content-Length");
    }
  }

  @Test
  void contentThatEndsTooEarlyIsNoRequest() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.content(10);
            })) {
      SdkHttpRequest request =
          request(server.uri(), SdkHttpMethod.PUT, Map.of("Content-Length", "10"));
      ExecutableHttpRequest exchange =
          client.prepareRequest(
              HttpExecuteRequest.builder()
                  .request(request)
                  .contentStreamProvider(() -> new ByteArrayInputStream(new byte[7]))
                  .build());
      assertThatThrownBy(exchange::call)
          .isInstanceOf(EOFException.class)
          .hasMessage("the content ends 3 bytes too early");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Other: b", "a\nb", "a\0b", "\u00e9"})
  void headersAreNotBrokenOutOf(String value) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(FIVE)) {
      SdkHttpRequest request = request(server.uri(), SdkHttpMethod.GET, Map.of("X-One", value));
      ExecutableHttpRequest exchange = exchange(request);
      assertThatThrownBy(exchange::call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not allowed in HTTP");
      assertThat(text(get(server.uri()))).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FIVE,
        "HTTP/1.1 200\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\nContent-Length:5\n\nhello",
        "HTTP/1.1 102 Processing\r\n\r\n" + FIVE,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
      })
  void answersAreUnderstoodAndConnectionsUsedAgain(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(answer)) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(get(server.uri()))).isEqualTo("hello");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n\r\nhello",
      })
  void aConnectionThatEndsIsNotUsedAgain(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.sayingOnce(answer)) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(get(server.uri()))).isEqualTo("hello");
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void whatHasNoContentIsNotWaitedFor() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nETag: \"1\"\r\n\r\n")) {
      SdkHttpRequest head = request(server.uri(), SdkHttpMethod.HEAD, Map.of());
      HttpExecuteResponse answer = exchange(head).call();
      assertThat(answer.httpResponse().firstMatchingHeader("etag")).contains("\"1\"");
      assertThat(answer.responseBody()).isEmpty();
      exchange(head).call();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
      })
  void anAnswerThatBreaksOffIsNeverTakenForWhole(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.sayingOnce(answer)) {
      assertThatThrownBy(() -> text(get(server.uri()))).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whoReadsOnAfterAFailureIsToldAgain() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.sayingOnce("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello")) {
      InputStream body = get(server.uri()).call().responseBody().orElseThrow();
      body.readNBytes(5);
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 020 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: 1\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n",
      })
  void whatIsNotHttpIsRefused(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.sayingOnce(answer)) {
      assertThatThrownBy(() -> text(get(server.uri()))).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void aHeadThatDoesNotEndIsRefused() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.say("HTTP/1.1 200 OK\r\nX: ");
              while (true) {
                with.say("x".repeat(10_000));
              }
            })) {
      assertThatThrownBy(() -> get(server.uri()).call()).isInstanceOf(ProtocolException.class);
    }
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.say("HTTP/1.1 200 OK\r\n");
              while (true) {
                with.say("X: y\r\n");
              }
            })) {
      assertThatThrownBy(() -> get(server.uri()).call()).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void aLittleThatWasNotReadIsSkippedAndMoreIsGivenUp() throws Exception {
    String little = "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(9000);
    try (ScriptedServer server = ScriptedServer.saying(little)) {
      for (int i = 0; i < 3; i++) {
        get(server.uri()).call().responseBody().orElseThrow().close();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
    String much = "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "x".repeat(900_000);
    try (ScriptedServer server = ScriptedServer.saying(much)) {
      for (int i = 0; i < 3; i++) {
        InputStream body = get(server.uri()).call().responseBody().orElseThrow();
        body.read();
        body.close();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void aConnectionThatTheServerHasClosedIsNoticed() throws Exception {
    try (ScriptedServer server = ScriptedServer.sayingOnce(FIVE)) {
      assertThat(text(get(server.uri()))).isEqualTo("hello");
      Thread.sleep(1200);
      assertThat(text(get(server.uri()))).isEqualTo("hello");
    }
  }

  @Test
  void anAnswerThatNobodyAskedForIsNobodys() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.saying(FIVE + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(get(server.uri()))).isEqualTo("hello");
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void contentFollowsWhenItIsWelcome() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.say("HTTP/1.1 100 Continue\r\n\r\n");
              with.content(2_000_000);
              with.say(FIVE);
            })) {
      assertThat(text(put(server.uri(), new byte[2_000_000], Map.of("Expect", "100-continue"))))
          .isEqualTo("hello");
    }
  }

  @Test
  void contentFollowsWhenTheServerSaysNothing() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.content(20);
              with.say(FIVE);
            })) {
      assertThat(text(put(server.uri(), new byte[20], Map.of("Expect", "100-continue"))))
          .isEqualTo("hello");
    }
  }

  @Test
  void contentThatIsNotWelcomeStays() throws Exception {
    BlockingQueue<Integer> more = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
              more.add(with.in().read());
            })) {
      HttpExecuteResponse answer =
          put(server.uri(), new byte[20], Map.of("Expect", "100-continue")).call();
      assertThat(answer.httpResponse().statusCode()).isEqualTo(403);
      assertThat(answer.responseBody().orElseThrow().readAllBytes()).isEqualTo("no".getBytes());
      assertThat(more.take()).isEqualTo(-1);
    }
  }

  @Test
  void anAnswerIsHeardEvenIfTheServerReadsNoFurther() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.say("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n");
              with.socket().shutdownInput();
              with.socket().shutdownOutput();
              sleep(3000);
            })) {
      ExecutableHttpRequest exchange = put(server.uri(), new byte[50 << 20], Map.of());
      Future<HttpExecuteResponse> answer = threads.submit(exchange::call);
      assertThat(answer.get(20, TimeUnit.SECONDS).httpResponse().statusCode()).isEqualTo(503);
    }
  }

  @Test
  void whoFindsAllInUseWaitsForAWhile() throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(FIVE)) {
      SdkHttpClient two = client(2, (SSLSocketFactory) SSLSocketFactory.getDefault());
      HttpExecuteResponse first = exchange(two, server.uri()).call();
      exchange(two, server.uri()).call();
      assertThatThrownBy(() -> exchange(two, server.uri()).call())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("all 2 connections were in use for PT0.3S");

      first.responseBody().orElseThrow().readAllBytes();
      assertThat(text(exchange(two, server.uri()))).isEqualTo("hello");
      assertThat(server.connections()).isEqualTo(2);
      two.close();
    }
  }

  @Test
  void connectionsOfOneServerMakeRoomForThoseOfAnother() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ScriptedServer one =
            ScriptedServer.playing(
                with -> {
                  with.head();
                  with.say(FIVE);
                  with.head();
                  hungUp.countDown();
                });
        ScriptedServer other = ScriptedServer.saying(FIVE)) {
      SdkHttpClient single = client(1, (SSLSocketFactory) SSLSocketFactory.getDefault());
      text(exchange(single, one.uri()));
      assertThat(text(exchange(single, other.uri()))).isEqualTo("hello");
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
      single.close();
    }
  }

  @Test
  void whatIsGivenUpEndsAtOnceAndMakesRoom() throws Exception {
    try (ScriptedServer silent = ScriptedServer.playing(with -> sleep(20_000))) {
      SdkHttpClient single = client(1, (SSLSocketFactory) SSLSocketFactory.getDefault());
      for (int i = 0; i < 3; i++) {
        ExecutableHttpRequest exchange = exchange(single, silent.uri());
        Future<HttpExecuteResponse> answer = threads.submit(exchange::call);
        sleep(200);
        exchange.abort();
        assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SocketException.class);
      }
      ExecutableHttpRequest never = exchange(single, silent.uri());
      never.abort();
      assertThatThrownBy(never::call).isInstanceOf(SocketException.class);
      single.close();
    }
  }

  @Test
  void givingUpWhatIsOverHarmsNobody() throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(FIVE)) {
      ExecutableHttpRequest first = get(server.uri());
      text(first);
      HttpExecuteResponse second = get(server.uri()).call();
      first.abort();
      assertThat(second.responseBody().orElseThrow().readAllBytes()).hasSize(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void whoIsInterruptedWhileWaitingIsTold() throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(FIVE)) {
      SdkHttpClient single = client(1, (SSLSocketFactory) SSLSocketFactory.getDefault());
      exchange(single, server.uri()).call();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> exchange(single, server.uri()).call())
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      single.close();
    }
  }

  @Test
  void aNameThatIsNoneIsToldAndMakesRoom() throws Exception {
    SdkHttpClient single = client(1, (SSLSocketFactory) SSLSocketFactory.getDefault());
    URI nowhere = URI.create("http://no.such.host.invalid:80");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> exchange(single, nowhere).call())
          .isInstanceOf(UnknownHostException.class);
    }
    single.close();
  }

  @Test
  void closingEndsWhatIsIdle() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.say(FIVE);
              with.head();
              hungUp.countDown();
            })) {
      SdkHttpClient once = client(1, (SSLSocketFactory) SSLSocketFactory.getDefault());
      text(exchange(once, server.uri()));
      once.close();
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void overTlsTheCertificateMustBeTrustedAndTheHosts(@TempDir Path one, @TempDir Path other)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.saying(FIVE);
        TlsTunnel right = new TlsTunnel(server.uri(), one);
        TlsTunnel wrong = new TlsTunnel(server.uri(), "DNS:example.com", other)) {
      SdkHttpClient trusting = client(4, trusting(right.certificate()));
      for (int i = 0; i < 3; i++) {
        assertThat(text(exchange(trusting, right.endpoint()))).isEqualTo("hello");
      }
      Thread.sleep(1200);
      assertThat(text(exchange(trusting, right.endpoint()))).isEqualTo("hello");
      assertThat(server.connections()).isEqualTo(1);

      assertThatThrownBy(() -> exchange(client, right.endpoint()).call())
          .isInstanceOf(SSLException.class);
      SdkHttpClient deceived = client(4, trusting(wrong.certificate()));
      assertThatThrownBy(() -> exchange(deceived, wrong.endpoint()).call())
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("127.0.0.1");
      trusting.close();
      deceived.close();
    }
  }

  @Test
  void whatTakesTooLongIsGivenUp() throws Exception {
    for (String begun : List.of("", "HTTP/1.1 200 OK\r\n", FIVE.replace("hello", "he"))) {
      try (ScriptedServer server =
          ScriptedServer.playing(
              with -> {
                with.head();
                with.say(begun);
                with.head(); // and nothing more
              })) {
        assertThatThrownBy(() -> terms(200, 60_000, false).during(() -> read(server.uri())))
            .as(begun)
            .hasRootCauseInstanceOf(SocketTimeoutException.class)
            .hasRootCauseMessage("it has taken more than 0 s");
      }
    }
  }

  @Test
  void whenAllAttemptsTogetherHaveTakenTooLongThereIsNoOther() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(with -> with.content(1_000_000))) {
      RequestTerms terms = terms(60_000, 200, false);
      assertThatThrownBy(() -> terms.during(() -> read(server.uri())))
          .isInstanceOf(ApiCallTimeoutException.class);
      assertThatThrownBy(() -> terms.during(() -> read(server.uri())))
          .isInstanceOf(ApiCallTimeoutException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Content that is read later has time limits of its own; an error has not. */
  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "404 Not Found"})
  void aStreamTakesItsTime(String status) throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            with -> {
              with.head();
              with.say("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n");
              sleep(600);
              with.say("hello");
            })) {
      RequestTerms terms = terms(200, 60_000, true);
      if (status.startsWith("200")) {
        assertThat(terms.during(() -> read(server.uri()))).isEqualTo("hello");
      } else {
        assertThatThrownBy(() -> terms.during(() -> read(server.uri())))
            .hasRootCauseInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void whoWaitsForAConnectionWaitsNoLongerThanItMay() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(with -> with.content(1_000_000))) {
      for (int i = 0; i < 4; i++) {
        threads.submit(() -> get(server.uri()).call());
      }
      while (server.connections() < 4) {
        sleep(1);
      }
      assertThatThrownBy(() -> terms(100, 60_000, false).during(() -> read(server.uri())))
          .hasRootCauseInstanceOf(SocketTimeoutException.class)
          .hasMessageNotContaining("PT0.3S"); // as long as all others may
    }
  }

  private static RequestTerms terms(long attemptMillis, long inAllMillis, boolean isStream) {
    Call call =
        new Call(
            FailureContext.of(Operation.GET),
            Duration.ofMillis(attemptMillis),
            Duration.ofMillis(inAllMillis));
    return RequestTerms.of(call, Optional.empty(), isStream);
  }

  private String read(URI uri) {
    try {
      return text(get(uri));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLSocketFactory trusting(Path certificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {Certificates.trusting(certificate)}, null);
    return context.getSocketFactory();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExecutableHttpRequest get(URI uri) {
    return exchange(client, uri);
  }

  private static ExecutableHttpRequest exchange(SdkHttpClient client, URI uri) {
    SdkHttpRequest request = request(uri, SdkHttpMethod.GET, Map.of());
    return client.prepareRequest(HttpExecuteRequest.builder().request(request).build());
  }

  private ExecutableHttpRequest exchange(SdkHttpRequest request) {
    return client.prepareRequest(HttpExecuteRequest.builder().request(request).build());
  }

  private ExecutableHttpRequest put(URI uri, byte[] content, Map<String, String> headers) {
    SdkHttpRequest request =
        request(uri, SdkHttpMethod.PUT, headers).toBuilder()
            .putHeader("Content-Length", String.valueOf(content.length))
            .build();
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(request)
            .contentStreamProvider(ContentStreamProvider.fromByteArray(content))
            .build());
  }

  private static SdkHttpRequest request(
      URI uri, SdkHttpMethod method, Map<String, String> headers) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(uri)
            .encodedPath("/b/k")
            .putRawQueryParameter("a", "x y");
    headers.forEach((name, value) -> request.putHeader(name, List.of(value)));
    return request.build();
  }

  private static String text(ExecutableHttpRequest exchange) throws IOException {
    try (InputStream body = exchange.call().responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), ISO_8859_1);
    }
  }
}
