package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What the tests of adapters rely on: that a server is a real one, behind a proxy or not. */
class S3TestServerTest {
  private static final RequestBody CONTENT = RequestBody.fromString("content");
  private static final String KEY = "folder/a b+c%2F\u00e9&.log";

  private final String bucket = "test-" + UUID.randomUUID();

  @ParameterizedTest
  @EnumSource
  void signaturesSurviveTheProxyAndItsFaults(Server each) {
    S3TestServer server = each.running();
    try (FaultProxy proxy = FaultProxy.to(server.endpoint());
        S3Client client = OwnerClient.to(proxy.endpoint(), server.region(), server.owner())) {
      client.createBucket(request -> request.bucket(bucket));
      proxy.inject(Fault.slowDown());
      client.putObject(request -> request.bucket(bucket).key(KEY), CONTENT);
      proxy.inject(Fault.lostAnswer());
      client.putObject(request -> request.bucket(bucket).key(KEY), CONTENT);
      assertThat(proxy.requests()).hasSize(5).last().returns(KEY, ProxiedRequest::key);
      assertThat(read(client)).isEqualTo("content");

      proxy.inject(Fault.cutAfter(3));
      assertThatThrownBy(() -> read(client)).isInstanceOf(SdkClientException.class);
      proxy.inject(Fault.flippedBitAt(0));
      assertThat(read(client)).isEqualTo("bontent");
    } finally {
      new BucketCleaner(server).remove(bucket);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoeverHasNotTheRightKeyIsTurnedAway(Server each) throws Exception {
    S3TestServer server = each.running();
    server.client().createBucket(request -> request.bucket(bucket));
    try (S3Client wrong =
        OwnerClient.to(server.endpoint(), server.region(), server.owner().withWrongSecret())) {
      assertThatThrownBy(() -> wrong.putObject(r -> r.bucket(bucket).key(KEY), CONTENT))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
    server.client().putObject(request -> request.bucket(bucket).key("a.log"), CONTENT);
    server.client().putObject(request -> request.bucket(bucket).key("b.log"), CONTENT);
    String link = signed(server, "a.log");

    assertThat(status(link)).isEqualTo(200);
    assertThat(status(link.replace("a.log", "b.log"))).isEqualTo(403);
    assertThat(status(link.replace("Expires=60", "Expires=61"))).isEqualTo(403);
    assertThat(status(link.replaceAll("\\?.*", ""))).isEqualTo(403);
    new BucketCleaner(server).remove(bucket);
  }

  @ParameterizedTest
  @EnumSource
  void oneOfEightWinsWhateverTheCondition(Server each) throws Exception {
    S3TestServer server = each.running();
    S3Client client = server.client();
    client.createBucket(request -> request.bucket(bucket));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int round = 0; round < 20; round++) {
      String created = "created-" + round;
      String replaced = "replaced-" + round;
      client.putObject(request -> request.bucket(bucket).key(replaced), CONTENT);
      String tag =
          client
              .headObject(request -> request.bucket(bucket).key(replaced))
              .eTag()
              .replace("\"", "");

      assertThat(
              winners(
                  threads,
                  content ->
                      client.putObject(
                          request -> request.bucket(bucket).key(created).ifNoneMatch("*"),
                          content)))
          .isEqualTo(1);
      assertThat(
              winners(
                  threads,
                  content ->
                      client.putObject(
                          request -> request.bucket(bucket).key(replaced).ifMatch(tag), content)))
          .isEqualTo(1);
    }
    threads.shutdown();
    new BucketCleaner(server).remove(bucket);
  }

  @ParameterizedTest
  @EnumSource
  void aBucketIsRemovedWithEverythingInIt(Server each) {
    S3TestServer server = each.running();
    S3Client client = server.client();
    client.createBucket(request -> request.bucket(bucket));
    IntStream.range(0, 1001)
        .parallel()
        .forEach(i -> client.putObject(r -> r.bucket(bucket).key("key-" + i), CONTENT));
    client.createMultipartUpload(request -> request.bucket(bucket).key("unfinished"));

    new BucketCleaner(server).remove(bucket);
    assertThatThrownBy(() -> client.headBucket(request -> request.bucket(bucket)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    new BucketCleaner(server).remove(bucket);
  }

  @ParameterizedTest
  @EnumSource
  void anUploadThatIsRefusedLeavesAnEmptyBucket(Server each) {
    S3Client client = each.running().client();
    client.createBucket(request -> request.bucket(bucket));
    assertThatThrownBy(
            () ->
                client.putObject(
                    request ->
                        request.bucket(bucket).key(KEY).contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                    CONTENT))
        .isInstanceOf(S3Exception.class);

    client.deleteBucket(request -> request.bucket(bucket));
    assertThatThrownBy(() -> client.headBucket(request -> request.bucket(bucket)))
        .isInstanceOf(S3Exception.class);
  }

  private String read(S3Client client) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    client.getObject(
        request -> request.bucket(bucket).key(KEY), ResponseTransformer.toOutputStream(content));
    return content.toString(UTF_8);
  }

  /** How many of eight writers, each with content of its own, are told that they succeeded. */
  private static int winners(ExecutorService threads, Consumer<RequestBody> put) throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      RequestBody content = RequestBody.fromString("writer " + i);
      writers.add(
          () -> {
            try {
              put.accept(content);
              return true;
            } catch (S3Exception e) {
              return false;
            }
          });
    }
    int winners = 0;
    for (Future<Boolean> each : threads.invokeAll(writers)) {
      winners += each.get() ? 1 : 0;
    }
    return winners;
  }

  private String signed(S3TestServer server, String key) {
    AccessKey owner = server.owner();
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(server.endpoint())
            .region(Region.of(server.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(owner.id(), owner.secret())))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return presigner
          .presignGetObject(
              link ->
                  link.signatureDuration(Duration.ofMinutes(1))
                      .getObjectRequest(request -> request.bucket(bucket).key(key)))
          .url()
          .toString();
    }
  }

  private static int status(String link) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
