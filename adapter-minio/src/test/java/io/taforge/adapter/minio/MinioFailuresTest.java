package io.taforge.adapter.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minio.MinioAsyncClient;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ByteRange;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.SentPart;
import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.TransferSettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What answers mean that no real server gives on demand. */
class MinioFailuresTest {
  private static final ObjectName NAME = new ObjectName("log-samples", "samples/a.log");
  private static final Call GET =
      new Call(FailureContext.of(Operation.GET), Duration.ofSeconds(2), Duration.ofSeconds(20));
  private static final String XML = "Content-Type: application/xml\r\n";
  private static final String TEXT_XML = "Content-Type: text/xml\r\nx-amz-request-id: R17\r\n";
  private static final String HTML = "Content-Type: text/html\r\n";

  private final OddServer odd = new OddServer();
  private final MinioSettings settings =
      MinioSettings.at(new Endpoint(odd.endpoint()), new Credentials("id", "hidden"))
          .withTransfers(
              TransferSettings.defaults()
                  .withAttempts(3, Duration.ofSeconds(2))
                  .within(Duration.ofSeconds(30), ByteSize.of(1024)));
  private final MinioServer server = MinioServer.open(settings);

  @AfterEach
  void close() {
    server.close();
    odd.close();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("403 No", XML, error("AccessDenied"), StorageAccessDeniedException.class),
        refusal("403 No", XML, error("RequestTimeTooSkewed"), StorageAccessDeniedException.class),
        refusal("403 No", XML, error("QuotaExceeded"), StorageDownloadException.class),
        refusal("403 No", "", "", StorageAccessDeniedException.class),
        refusal("404 No", TEXT_XML, error("NoSuchBucket"), StorageBucketException.class),
        refusal("404 No", HTML, "<html>no</html>", StorageConnectionException.class),
        refusal("400 No", XML, error("Whatever"), StorageDownloadException.class),
        refusal("301 Go", XML, error("PermanentRedirect"), StorageBucketException.class),
        refusal("501 No", XML, error("NotImplemented"), StorageUnsupportedException.class),
        refusal("200 OK", HTML, "<html>Sign in</html>", StorageConnectionException.class),
        refusal("403 No", XML, "<Error><Code>", StorageConnectionException.class));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsNotTriedAgain(
      String status, String headers, String body, Class<? extends StorageException> type) {
    odd.willSay(status, headers, body);

    StorageException failure = failure(this::get);
    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(failure.context().attempts()).isEqualTo(1);
    assertThat(failure.context().requestId())
        .isEqualTo(headers.equals(TEXT_XML) ? Optional.of("R17") : Optional.empty());
    assertThat(odd.requests()).hasSize(1);
  }

  static Stream<Arguments> accidents() {
    return Stream.of(
        refusal("503 Busy", XML, error("SlowDown"), StorageConnectionException.class),
        refusal("503 Busy", "Retry-After: 0\r\n", "", StorageConnectionException.class),
        refusal("502 Oops", HTML, "<html>Oops</html>", StorageConnectionException.class),
        refusal("429 Busy", TEXT_XML, error("TooMany"), StorageConnectionException.class),
        refusal("400 Late", XML, error("RequestTimeout"), StorageConnectionException.class));
  }

  @ParameterizedTest
  @MethodSource("accidents")
  void anAccidentIsTriedAgainAndCounted(
      String status, String headers, String body, Class<? extends StorageException> type) {
    odd.willSay(status, headers, body);

    StorageException failure = failure(this::get);
    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(failure.context().attempts()).isEqualTo(3);
    assertThat(failure).hasMessageEndingWith(" (after 3 attempts)");
    assertThat(odd.requests()).hasSize(3);
  }

  @Test
  void anAnswerToHeadHasNoBodyAndIsUnderstoodAllTheSame() {
    odd.willSay("503 Busy", "x-amz-request-id: R18\r\n", "");
    assertThat(failure(() -> server.head(NAME, GET)).context())
        .hasToString(
            "FailureContext[operation=GET, bucket=null, key=null, requestId=R18, attempts=3]");
  }

  @Test
  void aCompletionThatFailsBehindItsStatusIsTriedAgain() {
    odd.willSay("200 OK", XML, error("InternalError"))
        .willSay("200 OK", XML + "Date: Tue, 24 Nov 2026 21:05:37 GMT\r\n", completion("\"e-1\""));

    assertThat(server.completeUpload(NAME, "id", parts(), WriteCondition.always(), GET))
        .hasToString("Receipt[version=\"e-1\", at=2026-11-24T21:05:37Z]");
  }

  @Test
  void aListingThatBreaksOffIsTriedAgain() {
    odd.willBreakOff("<ListBucketResult><Name>log-samples</Name><Contents><Key>samples/a");

    StorageException failure = failure(() -> server.list("log-samples", "", false, "", 1000, GET));
    assertThat(failure)
        .isInstanceOf(StorageConnectionException.class)
        .hasMessageContaining("the connection broke");
    assertThat(odd.requests()).hasSize(3);
  }

  /** S3Proxy says so of what is replaced meanwhile. */
  @Test
  void aListedObjectWithoutAnEtagIsAFailureOfTheConnection() {
    String time = "<LastModified>2026-11-24T21:05:37.000Z</LastModified>";
    odd.willSay(
        "200 OK",
        XML,
        "<ListBucketResult><Name>log-samples</Name><Contents><Key>samples/a</Key>"
            + time
            + "<Size>1</Size></Contents></ListBucketResult>");

    assertThat(failure(() -> server.list("log-samples", "", false, "", 1000, GET)))
        .isExactlyInstanceOf(StorageConnectionException.class);
  }

  @Test
  void whateverComesBehindAnErrorOfTheSdkIsNoSecret() {
    odd.willSay("403 No", XML, error("SignatureDoesNotMatch"));

    for (Throwable each = failure(this::get); each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain("AWS4-HMAC", "Signature=", "hidden");
    }
  }

  @Test
  void contentThatIsClosedEarlyIsNotReadOn() throws Exception {
    odd.willFlood();
    try (InputStream bytes = get().orElseThrow().bytes()) {
      assertThat(bytes.readNBytes(1000)).hasSize(1000);
    }
    long taken = odd.flooded();

    Thread.sleep(300);
    assertThat(odd.flooded()).isEqualTo(taken);
    assertThat(taken).as("what fits into sockets").isLessThan(16 << 20);
  }

  @Test
  void anInterruptEndsTheWaitAtOnce() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      MinioServer asked =
          MinioServer.open(settings.withConnection(ServerConnection.to(new Endpoint(endpoint))));
      CompletableFuture<Throwable> result = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                Throwable failure = catchThrowable(() -> asked.head(NAME, GET));
                result.complete(Thread.currentThread().isInterrupted() ? failure : null);
              });
      reader.start();
      try (Socket client = silent.accept()) {
        assertThat(client.getInputStream().read()).isEqualTo('H');
        reader.interrupt();

        assertThat(result.get(1, TimeUnit.SECONDS)).isInstanceOf(StorageInterruptedException.class);
        assertThat(client.getInputStream().readAllBytes()).as("until it hangs up").isNotEmpty();
      }
      asked.close();
    }
  }

  @Test
  void aClientOfTheCallersTriesOnceAndStaysOpen() {
    OkHttpClient http = new OkHttpClient();
    MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(odd.endpoint().toString())
            .region("us-east-1")
            .credentials("id", "hidden")
            .httpClient(http, true)
            .build();
    odd.willSay("503 Busy", XML, error("SlowDown"));
    MinioServer borrowed = MinioServer.using(client, settings);

    assertThat(failure(() -> borrowed.head(NAME, GET)))
        .isInstanceOf(StorageConnectionException.class);
    assertThat(odd.requests()).hasSize(1);
    borrowed.close();
    assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    client.close();
  }

  private Optional<ObjectBody> get() {
    return server.get(NAME, Optional.of(ByteRange.from(0)), Optional.empty(), GET);
  }

  private static StorageException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(StorageException.class);
    return (StorageException) thrown;
  }

  private static Arguments refusal(
      String status, String headers, String body, Class<? extends StorageException> type) {
    return Arguments.of(status, headers, body, type);
  }

  private static String error(String code) {
    return "<?xml version=\"1.0\"?>\n<Error><Code>"
        + code
        + "</Code><Message>Said\nby a test</Message></Error>";
  }

  private static String completion(String tag) {
    return "<CompleteMultipartUploadResult><Location>l</Location><Bucket>b</Bucket><Key>k</Key><ETag>"
        + tag.replace("\"", "&quot;")
        + "</ETag></CompleteMultipartUploadResult>";
  }

  private static List<SentPart> parts() {
    Part part = new Part(1, 0, 7, Sha256.of(new byte[7]));
    return List.of(new SentPart(part, new VersionToken("\"p-1\"")));
  }
}
