package io.taforge.links;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does beyond the contract of links. */
class LinkServerTest {
  private static final Artifact SAMPLE =
      new LogSample(RequestId.random(), FileName.of("it's “odd” & 100%.html"));
  private static final byte[] CONTENT = "0123456789<script>alert(1)</script>".getBytes(UTF_8);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private InMemoryArtifactStore store;
  private ObjectStorageClient client;
  private LinkServer server;

  @BeforeEach
  void start() {
    store = new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC()));
    store.createBuckets();
    client = new ObjectStorageClient(store, UploadLimit.ofMegabytes(1));
    server = LinkServer.start(client, anyPort());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Test
  void aBrowserSavesWhatItDownloadsAndRunsNothing() throws Exception {
    StoredArtifact stored = put();

    HttpResponse<byte[]> answer = get(LinkRequest.download(SAMPLE));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
    assertThat(answer.headers().map())
        .containsEntry("content-type", List.of("application/octet-stream"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("content-security-policy", List.of("sandbox; default-src 'none'"))
        .containsEntry("cache-control", List.of("private, no-store"))
        .containsEntry("content-disposition", List.of(SAMPLE.fileName().attachment()))
        .containsEntry("etag", List.of('"' + stored.version().value() + '"'))
        .containsEntry("content-length", List.of(String.valueOf(CONTENT.length)))
        .doesNotContainKey("server");
  }

  @Test
  void headTellsWhatGetWould() throws Exception {
    put();
    SignedLink link = client.link(LinkRequest.download(SAMPLE));

    HttpResponse<byte[]> get = send(HttpRequest.newBuilder(link.uri()));
    HttpResponse<byte[]> head = send(HttpRequest.newBuilder(link.uri()).method("HEAD", none()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, 0-3/35",
    "bytes=4-, 206, 456789<script>alert(1)</script>, 4-34/35",
    "bytes=-9, 206, </script>, 26-34/35",
    "bytes=-999, 206, 0123456789<script>alert(1)</script>, 0-34/35",
    "bytes=30-99, 206, ript>, 30-34/35",
    "BYTES=0-0, 206, 0, 0-0/35",
    "'bytes=0-1,3-4', 200, 0123456789<script>alert(1)</script>, ",
    "bytes=5-4, 200, 0123456789<script>alert(1)</script>, ",
    "bytes=, 200, 0123456789<script>alert(1)</script>, ",
    "lines=0-1, 200, 0123456789<script>alert(1)</script>, ",
    "bytes=35-, 416, That is behind the end., */35",
    "bytes=-0, 416, That is behind the end., */35",
    "bytes=999999999999999999-, 416, That is behind the end., */35"
  })
  void aSingleRangeIsServed(String range, int status, String content, String place)
      throws Exception {
    put();
    SignedLink link = client.link(LinkRequest.download(SAMPLE));

    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(link.uri()).header("Range", range));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), UTF_8)).isEqualToIgnoringNewLines(content);
    assertThat(answer.headers().firstValue("content-range"))
        .isEqualTo(Optional.ofNullable(place).map(each -> "bytes " + each));
  }

  @Test
  void aRangeOfAnotherVersionIsAllOfThisOne() throws Exception {
    String version = '"' + put().version().value() + '"';
    SignedLink link = client.link(LinkRequest.download(SAMPLE));
    HttpRequest.Builder part = HttpRequest.newBuilder(link.uri()).header("Range", "bytes=0-1");

    assertThat(send(part.copy().header("If-Range", version)).statusCode()).isEqualTo(206);
    assertThat(send(part.copy().header("If-Range", "\"other\"")).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    String version = '"' + put().version().value() + '"';
    SignedLink link = client.link(LinkRequest.download(SAMPLE));

    for (String known : List.of(version, "*", "\"x\", W/" + version)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(link.uri()).header("If-None-Match", known);
      assertThat(send(request.copy()).statusCode()).as(known).isEqualTo(304);
      assertThat(send(request.copy().method("HEAD", none())).statusCode()).isEqualTo(304);
    }
    assertThat(
            send(HttpRequest.newBuilder(link.uri()).header("If-None-Match", "\"x\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRightLinkToNothingSaysSo() throws Exception {
    assertThat(get(LinkRequest.download(SAMPLE)).statusCode()).isEqualTo(404);
    SignedLink link = client.link(LinkRequest.download(SAMPLE));
    assertThat(send(HttpRequest.newBuilder(link.uri()).method("HEAD", none())).statusCode())
        .isEqualTo(404);
  }

  @Test
  void anUploadIsStoredWithItsType() throws Exception {
    HttpResponse<byte[]> answer =
        put(LinkRequest.upload(SAMPLE), CONTENT, "Content-Type", "text/html");

    assertThat(answer.statusCode()).isEqualTo(200);
    StoredArtifact stored = store.find(SAMPLE).orElseThrow();
    assertThat(stored.sha256()).contains(Sha256.of(CONTENT));
    assertThat(stored.contentType()).isEqualTo(ContentType.of("text/html"));
    assertThat(answer.headers().firstValue("etag")).contains('"' + stored.version().value() + '"');
    assertThat(get(LinkRequest.download(SAMPLE)).headers().firstValue("content-type"))
        .as("the type that somebody has uploaded is shown to nobody")
        .contains("application/octet-stream");
  }

  @Test
  void whatIsBoundIsRefusedOtherwiseBeforeItIsRead() throws Exception {
    LinkRequest.Upload plain = LinkRequest.upload(SAMPLE);

    assertThat(put(plain.ofType(ContentType.TEXT), CONTENT, "Content-Type", "text/html"))
        .satisfies(LinkServerTest::isRefused);
    assertThat(put(plain.ofLength(CONTENT.length - 1L), CONTENT))
        .satisfies(LinkServerTest::isRefused);
    assertThat(store.find(SAMPLE)).isEmpty();
    assertThat(put(plain.ofContent(Sha256.of(CONTENT), 7), "another".getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(store.find(SAMPLE)).isEmpty();
    assertThat(put(plain, CONTENT, "Content-Type", "no type").statusCode()).isEqualTo(400);
    assertThat(put(plain, CONTENT, "Content-Range", "bytes 0-1/2").statusCode()).isEqualTo(400);
    assertThat(store.find(SAMPLE)).isEmpty();
  }

  @Test
  void whatIsNotAdmittedIsRefusedAndNotStored() throws Exception {
    server.close();
    server =
        LinkServer.start(
            client.admitting((artifact, file) -> Optional.of("it is no good")), anyPort());

    HttpResponse<byte[]> answer = put(LinkRequest.upload(SAMPLE), CONTENT);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo("The content is not admitted: it is no good.\n");
    assertThat(store.find(SAMPLE)).isEmpty();
  }

  @Test
  void anUploadBeyondTheLimitIsCutWhileItComesIn() throws Exception {
    byte[] large = new byte[1024 * 1024 + 1];
    SignedLink link = client.link(LinkRequest.upload(SAMPLE));

    HttpResponse<byte[]> chunked =
        send(
            HttpRequest.newBuilder(link.uri())
                .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));
    String declared =
        raw(
            "PUT "
                + target(link)
                + " HTTP/1.1\r\nHost: "
                + host()
                + "\r\nExpect: 100-continue\r\nContent-Length: "
                + large.length
                + "\r\n\r\n");

    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(declared)
        .as("nothing of it was asked for")
        .startsWith("HTTP/1.1 413 ")
        .contains("1048576 bytes");
    assertThat(store.find(SAMPLE)).isEmpty();
  }

  @Test
  void anUploadCanBeForNothingThatIsThere() throws Exception {
    assertThat(put(LinkRequest.upload(SAMPLE), CONTENT, "If-None-Match", "*").statusCode())
        .isEqualTo(200);
    assertThat(put(LinkRequest.upload(SAMPLE), new byte[1], "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(client.readBytes(SAMPLE, 100)).isEqualTo(CONTENT);
  }

  @Test
  void anUploadThatBreaksOffLeavesWhatWasThere() throws Exception {
    put();
    SignedLink link = client.link(LinkRequest.upload(SAMPLE));

    String answer =
        raw(
            "PUT "
                + target(link)
                + " HTTP/1.1\r\nHost: "
                + host()
                + "\r\n"
                + "Content-Length: 1000\r\n\r\nonly this");

    assertThat(answer).doesNotStartWith("HTTP/1.1 2");
    assertThat(client.readBytes(SAMPLE, 100)).isEqualTo(CONTENT);
  }

  /** Nobody should look for a mistake in a link because this process is short of something. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void aFailureOfTheServerIsNoRefusal(String method) throws Exception {
    put();
    ArtifactStore exhausted =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, called, arguments) -> {
                  if (called.getName().equals("linkSigner")) {
                    return store.linkSigner();
                  }
                  throw new OutOfMemoryError("there is no thread to be had");
                });
    try (LinkServer failing = LinkServer.start(new ObjectStorageClient(exhausted), anyPort())) {
      HttpResponse<byte[]> answer =
          method.equals("GET")
              ? get(LinkRequest.download(SAMPLE))
              : put(LinkRequest.upload(SAMPLE), CONTENT);

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(new String(answer.body(), UTF_8)).isEqualTo("Server Error.\n");
    }
  }

  @Test
  void whoIsStillSendingIsAnsweredAndMayGoOn() throws Exception {
    put();
    String upload = refusedUpload(1000, "");
    String download =
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            .formatted(target(client.link(LinkRequest.download(SAMPLE))), host());

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(upload.getBytes(ISO_8859_1));
      Thread.sleep(300);
      assertThat(socket.getInputStream().available()).isZero();
      out.write(new byte[1000]);
      out.write(download.getBytes(ISO_8859_1));

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("A part cannot be stored.\nHTTP/1.1 200 OK\r\n")
          .endsWith(new String(CONTENT, ISO_8859_1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000000, ''", "1000, 'Expect: 100-continue\r\n'"})
  void whatIsNotWaitedForEndsTheConnectionAndThatIsSaid(int length, String header)
      throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(refusedUpload(length, header.translateEscapes()).getBytes(ISO_8859_1));
      out.write(new byte[Math.min(length / 10, 100_000)]);

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("Connection: close\r\n");
    }
  }

  /** What is refused before it is read. */
  private String refusedUpload(int length, String header) {
    return "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Range: bytes 0-1/9\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(target(client.link(LinkRequest.upload(SAMPLE))), host(), header, length);
  }

  /** All of it over the wire; the hash alone is tried without a server, in its own test. */
  @Test
  void noBitOfARequestCanBeFlippedAndAllRefusalsAreTheSame() {
    put();
    SignedLink link = client.link(LinkRequest.download(SAMPLE));
    String target = target(link);
    byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: " + host()).getBytes(ISO_8859_1);
    String end = "\r\nConnection: close\r\n\r\n";
    String refusal = raw("GET / HTTP/1.1\r\nHost: " + host() + end);
    assertThat(raw(new String(request, ISO_8859_1) + end)).startsWith("HTTP/1.1 200 ");

    int hostAt = request.length - host().length();
    List<Integer> places =
        IntStream.range(0, request.length)
            .filter(at -> at < 3 || at >= 4 && at < 4 + target.length() || at >= hostAt)
            .boxed()
            .toList();
    int count = 0;
    List<String> others = new ArrayList<>();
    for (int place : places) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = request.clone();
        flipped[place] ^= (byte) (1 << bit);
        String answer = raw(new String(flipped, ISO_8859_1) + end);
        count++;
        if (!withoutConnection(answer).equals(withoutConnection(refusal))) {
          others.add(place + "." + bit + ": " + answer);
        }
      }
    }
    System.out.printf(
        "Bits of method, link and host flipped over the wire: %d, refused with the same bytes: %d%n",
        count, count - others.size());
    assertThat(others).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: %s",
        "GET /log-samples HTTP/1.1\r\nHost: %s",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: %s",
        "GET /%%2e%%2e/%%00 HTTP/1.1\r\nHost: %s",
        "GET http://%s/ HTTP/1.1\r\nHost: %1$s",
        "OPTIONS * HTTP/1.1\r\nHost: %s",
        "TRACE / HTTP/1.1\r\nHost: %s",
        "DELETE /log-samples/x HTTP/1.1\r\nHost: %s",
        "GET / HTTP/1.1\r\nHost: evil.example",
        "GET / HTTP/1.1\r\nHost: %s\r\nHost: evil.example",
        "GET / HTTP/1.1",
        "GET / HTTP/1.0",
        "GET / HTTP/9.9\r\nHost: %s",
        "GET  /x\r\nHost: %s",
        "\u0000\u0001\u0002"
      })
  void whoeverHasNoLinkHearsNothing(String request) {
    String answer = raw(request.formatted(host()) + "\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 403 Forbidden\r\n")
        .endsWith("This link is not valid.\n");
  }

  @Test
  void headersThatNeverEndAreCutOff() {
    String answer =
        raw("GET / HTTP/1.1\r\nHost: " + host() + "\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");

    assertThat(answer).isNotEmpty().doesNotStartWith("HTTP/1.1 2");
  }

  @Test
  void aServerIsReachedByOthersOnlyIfItWasSaidUnderWhichName() {
    assertThatThrownBy(() -> LinkServer.start(client, new InetSocketAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other machines");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

    assertThatThrownBy(() -> LinkServer.start(client, taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(String.valueOf(server.port()));
    assertThat(server.endpoint()).hasPort(server.port());
  }

  @Test
  void itEndsAlthoughSomebodyIsStillUploading() throws Exception {
    SignedLink link = client.link(LinkRequest.upload(SAMPLE));
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.getOutputStream()
          .write(
              ("PUT "
                      + target(link)
                      + " HTTP/1.1\r\nHost: "
                      + host()
                      + "\r\nContent-Length: 1000\r\n\r\nbegun")
                  .getBytes(ISO_8859_1));
      slow.getOutputStream().flush();
      Thread.sleep(200);

      long begin = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }
    assertThat(store.find(SAMPLE)).isEmpty();
  }

  private static void isRefused(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("This link is not valid.\n");
  }

  private StoredArtifact put() {
    return store.put(
        SAMPLE,
        ContentSource.of(CONTENT),
        PutOptions.defaults().withContentType(ContentType.of("text/html")));
  }

  private HttpResponse<byte[]> get(LinkRequest request) throws Exception {
    return send(HttpRequest.newBuilder(client.link(request).uri()));
  }

  private HttpResponse<byte[]> put(LinkRequest request, byte[] content, String... headers)
      throws Exception {
    SignedLink link = store.linkSigner().orElseThrow().sign(request);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(link.uri()).PUT(BodyPublishers.ofByteArray(content));
    return send(headers.length == 0 ? builder : builder.headers(headers));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.BodyPublisher none() {
    return BodyPublishers.noBody();
  }

  private static Object withoutDate(HttpResponse<?> answer) {
    return answer.headers().map().entrySet().stream()
        .filter(each -> !each.getKey().equals("date"))
        .toList();
  }

  private static String withoutConnection(String answer) {
    return answer.replaceAll("(Date|Connection): [^\r]*\r\n", "");
  }

  private String host() {
    return URI.create(server.endpoint().toString()).getRawAuthority();
  }

  private static String target(SignedLink link) {
    return link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }

  /** Sends these very bytes, and reads until the server closes the connection. */
  private String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      return "broken: " + e.getMessage();
    }
  }
}
