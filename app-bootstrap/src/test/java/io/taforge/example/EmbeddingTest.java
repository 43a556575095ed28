package io.taforge.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taforge.adapter.s3.S3Settings;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.links.LinkServer;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRetentionException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.AsyncObjectStorageClient;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.testbed.S3ProxyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/embedding.md} is what is here, and works. */
class EmbeddingTest {
  private static final Path SOURCES = Path.of("src/test/java/io/taforge/example");
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final InMemorySpace space = new InMemorySpace(Clock.systemUTC());
  private final InMemoryArtifactStore memory = new InMemoryArtifactStore(space);
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void createBuckets() {
    memory.createBuckets();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void theDocumentShowsThisCodeAndNoOther() throws IOException {
    String document = Files.readString(Path.of("../docs/embedding.md"));
    List<String> shown =
        Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
            .matcher(document)
            .results()
            .map(each -> each.group(1))
            .toList();
    List<String> here;
    try (Stream<Path> files = Files.list(SOURCES)) {
      here =
          files
              .filter(file -> !file.toString().matches(".*(Test|package-info)\\.java"))
              .map(EmbeddingTest::withoutImports)
              .toList();
    }

    assertThat(shown).hasSizeGreaterThan(3).containsExactlyInAnyOrderElementsOf(here);
  }

  private static String withoutImports(Path file) {
    try {
      return Files.readString(file).replaceFirst("(?s)^.*\nimport [^\n]*\n", "").strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anUploadIsAnsweredWithALink() throws Exception {
    URI endpoint = served(new SampleEndpoint(linked(UploadLimit.DEFAULT)));

    HttpResponse<String> answer = post(endpoint.resolve("access.log"), "GET /\n");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    HttpResponse<String> download =
        http.send(
            HttpRequest.newBuilder(URI.create(answer.body())).build(), BodyHandlers.ofString());
    assertThat(download.body()).isEqualTo("GET /\n");
    assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("access.log");
  }

  @Test
  void whatIsTooLargeOrHasABadNameIsRefusedAndWhatFailsIsNot() throws Exception {
    URI endpoint = served(new SampleEndpoint(linked(UploadLimit.ofMegabytes(1))));

    assertThat(post(endpoint.resolve("CON"), "x").statusCode()).isEqualTo(400);
    HttpResponse<String> large =
        http.send(
            HttpRequest.newBuilder(endpoint.resolve("a.log"))
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[(1 << 20) + 1])))
                .build(),
            BodyHandlers.ofString());
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("at most 1 MB");
    assertThat(statusBeforeTheContent(endpoint, (1 << 20) + 1)).contains(" 413 ");

    space.faults().failNext(Integer.MAX_VALUE, StorageConnectionException::new);
    HttpResponse<String> failed = post(endpoint.resolve("a.log"), "x");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(failed.headers().firstValue("Retry-After")).contains("5");
    assertThat(failed.body()).endsWith(failed.headers().firstValue("X-Request-Id").orElseThrow());
  }

  /** The first line of the answer to a request whose content never comes. */
  private static String statusBeforeTheContent(URI endpoint, int length) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /samples/a.log HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new String(socket.getInputStream().readNBytes(20), UTF_8);
    }
  }

  @Test
  void aJobStoresItsBundleOnce() throws Exception {
    ObjectStorageClient storage = new ObjectStorageClient(memory);
    RequestId request = RequestId.random();
    Path archive = Files.writeString(folder.resolve("TA.tgz"), "not really");
    BundleJob job = new BundleJob(storage, request, 3, archive, Duration.ofMillis(1));
    space.faults().failNext(7, StorageConnectionException::new);

    StoredArtifact stored = job.call();
    assertThat(job.call()).isEqualTo(stored);
    assertThat(storage.revisionsOf(request)).hasSize(1);
    space.faults().failNext(Integer.MAX_VALUE, StorageConnectionException::new);
    assertThatThrownBy(job::call).isInstanceOf(StorageConnectionException.class);
  }

  @Test
  void samplesAreCopiedSideBySide() throws IOException {
    ObjectStorageClient storage = new ObjectStorageClient(memory);
    RequestId request = RequestId.random();
    for (int i = 0; i < 20; i++) {
      storage.uploadLogSample(request, FileName.of(i + ".log"), source("sample " + i));
    }
    AsyncObjectStorageClient async = closedLater(new AsyncObjectStorageClient(storage));

    assertThat(new SampleCopies(async).into(folder, request).join()).hasSize(20);
    assertThat(folder.resolve("7.log")).hasContent("sample 7");
    space.faults().failNext(Integer.MAX_VALUE, StorageConnectionException::new);
    assertThatThrownBy(() -> new SampleCopies(async).into(folder, request).join())
        .isInstanceOf(CompletionException.class)
        .satisfies(failure -> assertThat(SampleCopies.status(failure)).isEqualTo(503));
    space.faults().heal();
    LogSample missing = new LogSample(request, FileName.of("missing.log"));
    assertThatThrownBy(() -> async.download(missing).join())
        .hasCauseInstanceOf(StorageNotFoundException.class)
        .satisfies(failure -> assertThat(SampleCopies.status(failure)).isEqualTo(404));
  }

  @Test
  void aServiceIsTheSameOnAFolderAndOnAServer() throws Exception {
    S3ProxyServer server = S3ProxyServer.running();
    String id = UUID.randomUUID().toString();
    S3Settings settings =
        S3Settings.at(
                new Endpoint(server.endpoint()),
                new Credentials(server.owner().id(), server.owner().secret()))
            .withBuckets(new Buckets("samples-" + id, "bundles-" + id, "debug-" + id));
    for (Service service : List.of(Service.inFolder(folder), Service.onServer(settings))) {
      ArtifactStore store = closedLater(service.store());
      store.createBuckets();

      HttpResponse<String> answer = post(served(service.endpoint()).resolve("a.log"), "x");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body()).contains("/a.log");
    }
  }

  @Test
  void whatHasExpiredGoesAndWhatNobodyCanHaveMeantIsAnAlarm() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    InstantSource source = now::get;
    Clock clock = source.withZone(ZoneOffset.UTC);
    InMemoryArtifactStore store = closedLater(new InMemoryArtifactStore(new InMemorySpace(clock)));
    store.createBuckets();
    ObjectStorageClient storage = new ObjectStorageClient(store);
    RequestId request = RequestId.random();
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    List<Exception> alarms = new CopyOnWriteArrayList<>();
    DailyCleanup cleanup =
        closedLater(
            new DailyCleanup(
                storage,
                RetentionPolicy.samplesFor(Duration.ofDays(30)),
                clock,
                log::add,
                alarms::add));
    storage.uploadLogSample(request, FileName.of("old.log"), source("x"));
    now.set(Instant.parse("2026-02-01T00:00:00Z"));

    cleanup.run();
    assertThat(alarms).singleElement().isInstanceOf(StorageRetentionException.class);
    assertThat(storage.samplesOf(request)).hasSize(1); // all of them would have gone
    storage.uploadLogSample(request, FileName.of("new.log"), source("x"));
    cleanup.start();
    assertThat(log.poll(20, TimeUnit.SECONDS)).startsWith("1 of 1 log samples were removed");
    assertThat(storage.samplesOf(request))
        .extracting(each -> each.artifact().fileName())
        .containsExactly(FileName.of("new.log"));
    assertThat(alarms).hasSize(1);
  }

  /** A client whose links are served. */
  private ObjectStorageClient linked(UploadLimit limit) {
    ObjectStorageClient client = new ObjectStorageClient(memory, limit);
    closedLater(LinkServer.start(client, ANY_PORT));
    return client;
  }

  private URI served(SampleEndpoint endpoint) throws IOException {
    HttpServer server = HttpServer.create(ANY_PORT, 0);
    server.createContext(SampleEndpoint.PATH, endpoint);
    server.start();
    opened.add(() -> server.stop(0));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + SampleEndpoint.PATH);
  }

  private HttpResponse<String> post(URI uri, String content) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(content)).build(),
        BodyHandlers.ofString());
  }

  private <T extends AutoCloseable> T closedLater(T one) {
    opened.add(one);
    return one;
  }

  private static ContentSource source(String text) {
    return ContentSource.of(text.getBytes(UTF_8));
  }
}
