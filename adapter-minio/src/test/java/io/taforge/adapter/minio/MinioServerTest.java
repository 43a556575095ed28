package io.taforge.adapter.minio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.ObjectHeaders;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.ObjectFacts;
import io.taforge.storage.remote.ObjectServer.OpenUpload;
import io.taforge.storage.remote.ObjectServer.Receipt;
import io.taforge.storage.remote.ObjectServer.SentPart;
import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.PartPlan;
import io.taforge.storage.remote.StagedContent;
import io.taforge.storage.remote.WireMetadata;
import io.taforge.testbed.FaultProxy;
import io.taforge.testbed.ProxiedRequest;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each request by itself, on a real server. */
class MinioServerTest {
  private static final WriteCondition ALWAYS = WriteCondition.always();
  private static final VersionToken STALE = new VersionToken("\"of-another-time\"");
  private static final Call PUT = call(Operation.PUT);
  private static final Call GET = call(Operation.GET);

  @TempDir private Path spool;
  private final S3Harness harness =
      new S3Harness(S3ProxyServer.running(), MinioStores::open, Set.of(), MinioStores.Opener.class);
  private final FaultProxy proxy = harness.proxy();
  private final String bucket = harness.target().buckets().samples();
  private final ObjectName name = new ObjectName(bucket, "samples/a b+c%2F\u00e9&.log");
  private final ObjectName missing = new ObjectName(bucket, "samples/missing.log");
  private final ObjectName nowhere = new ObjectName(bucket + "-none", "samples/a.log");
  private MinioServer server;

  @BeforeEach
  void openServer() {
    server = MinioServer.open(MinioStores.settings(harness.target()));
    server.createBucket(bucket, PUT);
    proxy.forgetRequests();
  }

  @AfterEach
  void cleanUp() {
    server.close();
    harness.cleanup();
  }

  @Test
  void whatIsPutIsThereWithAllThatWasSaidOfIt() throws IOException {
    WireMetadata metadata =
        WireMetadata.of(
            Metadata.of("colour_of", "r\u00f6t  %"), Sha256.of("content".getBytes(UTF_8)), "me");
    ContentType type = ContentType.of("text/plain ; format=flowed");
    Receipt receipt = put(name, "content", new ObjectHeaders(type, metadata, Tags.none()), ALWAYS);

    assertThat(receipt.at()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    assertThat(receipt.version().value()).matches("\"[0-9a-f]{32}\"");
    ObjectFacts facts = server.head(name, GET).orElseThrow();
    assertThat(facts)
        .returns(7L, ObjectFacts::size)
        .returns(receipt.version(), ObjectFacts::version)
        .returns(metadata, ObjectFacts::metadata)
        .returns(Optional.of("text/plain; format=flowed"), ObjectFacts::contentType);
    try (var body =
        server.get(name, Optional.empty(), Optional.empty(), GET).orElseThrow().bytes()) {
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("content");
    }
  }

  @Test
  void theChecksumIsSignedAndNothingElseIsAsked() {
    put(name, "content", ALWAYS);

    assertThat(proxy.requests()).hasSize(1);
    ProxiedRequest request = proxy.requests().get(0);
    String sha256 = Sha256.of("content".getBytes(UTF_8)).hex();
    assertThat(request.header("x-amz-content-sha256")).contains(sha256);
    assertThat(request.header("Authorization").orElseThrow()).contains("x-amz-content-sha256");
    assertThat(request.header("Content-MD5")).isEmpty();
    assertThat(request.header("x-amz-checksum-crc32c")).isEmpty();
  }

  @Test
  void otherContentThanWasAnnouncedIsRefusedByTheServer() {
    Part lie = new Part(1, 0, 7, Sha256.of(new byte[0]));
    String upload = server.beginUpload(name, headers("content"), PUT);
    try (StagedContent content = staged("content".getBytes(UTF_8))) {
      assertThatThrownBy(() -> server.sendPart(name, upload, content, lie, PUT))
          .isInstanceOf(StorageIntegrityException.class);
    }
    server.abortUpload(name, upload, PUT);
  }

  @Test
  void aRangeTellsWhichBytesComeAndHowManyThereAre() throws IOException {
    put(name, "0123456789", ALWAYS);

    assertRange(ByteRange.of(2, 3), new ByteRange.Slice(2, 3), "234");
    assertRange(ByteRange.of(8, 10), new ByteRange.Slice(8, 2), "89");
    assertRange(ByteRange.from(7), new ByteRange.Slice(7, 3), "789");
    assertRange(ByteRange.last(1), new ByteRange.Slice(9, 1), "9");
    assertRange(ByteRange.last(100), new ByteRange.Slice(0, 10), "0123456789");
    assertThatThrownBy(() -> get(ByteRange.from(10))).isInstanceOf(StorageRangeException.class);
  }

  @Test
  void conditionsAreMinded() throws IOException {
    WriteCondition absent = WriteCondition.ifAbsent();
    VersionToken first = put(name, "first", absent).version();
    assertConflict(StorageConflictException.Condition.ABSENT, () -> put(name, "second", absent));

    VersionToken second = put(name, "second", WriteCondition.ifUnchanged(first)).version();
    for (VersionToken stale : List.of(first, STALE)) {
      assertConflict(
          StorageConflictException.Condition.UNCHANGED,
          () -> put(name, "third", WriteCondition.ifUnchanged(stale)));
      assertConflict(
          StorageConflictException.Condition.UNCHANGED,
          () -> server.get(name, Optional.empty(), Optional.of(stale), GET));
      assertConflict(
          StorageConflictException.Condition.UNCHANGED,
          () -> server.delete(name, Optional.of(stale), PUT));
    }
    assertConflict(
        StorageConflictException.Condition.UNCHANGED,
        () -> put(missing, "third", WriteCondition.ifUnchanged(first)));

    server.get(name, Optional.empty(), Optional.of(second), GET).orElseThrow().bytes().close();
    server.delete(name, Optional.of(second), PUT);
    assertThat(server.head(name, GET)).isEmpty();
  }

  @Test
  void whatIsNotThereIsEmptyAndNoFailure() {
    assertThat(server.head(missing, GET)).isEmpty();
    assertThat(server.get(missing, Optional.empty(), Optional.empty(), GET)).isEmpty();
    assertThat(server.get(missing, Optional.empty(), Optional.of(STALE), GET)).isEmpty();
    server.delete(missing, Optional.empty(), PUT);
    server.abortUpload(missing, "4c5f9a02-0000-4000-8000-000000000000", PUT);
    assertThat(server.openUploads(bucket, PUT)).isEmpty();
    assertThat(list("", false, "", 10)).isEqualTo(new Listing(List.of(), List.of(), false));
  }

  @Test
  void aBucketThatIsNotThereIsAFailure() {
    assertThat(server.head(nowhere, GET)).as("HEAD does not tell").isEmpty();
    assertNoBucket(() -> server.get(nowhere, Optional.empty(), Optional.empty(), GET));
    assertNoBucket(() -> put(nowhere, "content", ALWAYS));
    assertNoBucket(() -> server.delete(nowhere, Optional.empty(), PUT));
    assertNoBucket(() -> server.beginUpload(nowhere, headers("content"), PUT));
    assertNoBucket(() -> server.list(nowhere.bucket(), "", false, "", 1, GET));
    assertNoBucket(() -> server.openUploads(nowhere.bucket(), PUT));
    assertNoBucket(() -> server.deleteBucket(nowhere.bucket(), PUT));
  }

  @Test
  void aListingHasItsPlaceAndItsLimit() {
    for (String key : List.of("a", "f/1", "f/2", "g +%2B/\u00e9", "z")) {
      put(new ObjectName(bucket, key), "content", ALWAYS);
    }
    VersionToken version = server.head(new ObjectName(bucket, "a"), GET).orElseThrow().version();

    assertThat(keys(list("", false, "", 1000)))
        .containsExactly("a", "f/1", "f/2", "g +%2B/\u00e9", "z");
    assertThat(list("", false, "", 1000).entries())
        .allMatch(each -> each.size() == 7 && each.version().equals(version));
    assertThat(keys(list("f/", false, "", 1000))).containsExactly("f/1", "f/2");
    assertThat(keys(list("", false, "f/1", 2))).containsExactly("f/2", "g +%2B/\u00e9");
    assertThat(list("", false, "f/1", 2).isTruncated()).isTrue();
    assertThat(list("", false, "f/1", 3).isTruncated()).isFalse();
    Listing folders = list("", true, "", 1000);
    assertThat(keys(folders)).containsExactly("a", "z");
    assertThat(folders.folders()).containsExactly("f/", "g +%2B/");
  }

  @Test
  void partsBecomeOneObject() throws IOException {
    byte[] bytes = new byte[(11 << 20) + 17];
    new Random(1).nextBytes(bytes);
    try (StagedContent content = staged(bytes)) {
      String upload = server.beginUpload(name, headers("content"), PUT);
      assertThat(server.openUploads(bucket, PUT))
          .singleElement()
          .returns(name, OpenUpload::name)
          .returns(upload, OpenUpload::id)
          .satisfies(each -> assertThat(each.begun()).isBefore(Instant.now().plusSeconds(5)));

      List<SentPart> sent = new ArrayList<>();
      for (Part part : content.parts()) {
        sent.add(server.sendPart(name, upload, content, part, PUT));
      }
      Receipt receipt = server.completeUpload(name, upload, sent, WriteCondition.ifAbsent(), PUT);

      ObjectFacts facts = server.head(name, GET).orElseThrow();
      assertThat(facts.version()).isEqualTo(receipt.version());
      assertThat(facts.size()).isEqualTo(bytes.length);
      assertThat(facts.contentType()).contains("text/plain");
      assertThat(facts.metadata()).isEqualTo(headers("content").metadata());
      try (var body =
          server.get(name, Optional.empty(), Optional.empty(), GET).orElseThrow().bytes()) {
        assertThat(body.readAllBytes()).isEqualTo(bytes);
      }
      assertThat(server.openUploads(bucket, PUT)).isEmpty();
      assertThat(proxy.requests())
          .filteredOn(each -> each.query().contains("partNumber"))
          .extracting(each -> each.header("x-amz-content-sha256").orElseThrow())
          .isEqualTo(content.parts().stream().map(each -> each.sha256().hex()).toList());
    }
  }

  @Test
  void anUploadThatIsAbortedIsGone() {
    String upload = server.beginUpload(name, headers("content"), PUT);
    server.abortUpload(name, upload, PUT);
    server.abortUpload(name, upload, PUT);

    assertThat(server.openUploads(bucket, PUT)).isEmpty();
    assertThat(server.head(name, GET)).isEmpty();
  }

  @Test
  void aBatchDeletesWhatIsThere() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add("samples/%d <&>'+%%2B\u00e9.log".formatted(i));
      put(new ObjectName(bucket, keys.get(i)), "content", ALWAYS);
    }
    keys.add(missing.key());

    assertThat(server.deleteBatch(bucket, keys, PUT)).isEmpty();
    assertThat(list("", false, "", 10).entries()).isEmpty();
  }

  @Test
  void bucketsComeAndGo() {
    String other = bucket + "-more";
    assertThat(server.hasBucket(other, GET)).isFalse();
    assertThat(server.createBucket(other, PUT)).isTrue();
    assertThat(server.createBucket(other, PUT)).isFalse();
    assertThat(server.hasBucket(other, GET)).isTrue();
    put(new ObjectName(other, "a"), "content", ALWAYS);
    assertThatThrownBy(() -> server.deleteBucket(other, PUT))
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("not empty");
    server.deleteBatch(other, List.of("a"), PUT);
    server.deleteBucket(other, PUT);

    assertThat(server.hasBucket(other, GET)).isFalse();
  }

  @Test
  void whatTheServerCannotDoIsNotSupported() {
    put(name, "content", ALWAYS);

    assertThatThrownBy(() -> server.tags(name, GET))
        .isInstanceOf(StorageUnsupportedException.class);
  }

  @Test
  void aKeyThatTheSdkWouldChangeIsRefused() {
    ObjectName doubled = new ObjectName(bucket, "samples//a.log");

    assertThatThrownBy(() -> put(doubled, "content", ALWAYS))
        .isInstanceOf(StorageUnsupportedException.class)
        .hasMessageContaining("two slashes");
    assertThat(proxy.requests()).isEmpty();
  }

  private Listing list(String prefix, boolean areFolders, String after, int most) {
    return server.list(bucket, prefix, areFolders, after, most, GET);
  }

  private static List<String> keys(Listing listing) {
    return listing.entries().stream().map(Entry::key).toList();
  }

  private void assertRange(ByteRange range, ByteRange.Slice slice, String expected)
      throws IOException {
    ObjectBody body = get(range);
    try (var bytes = body.bytes()) {
      assertThat(body.slice()).isEqualTo(slice);
      assertThat(body.facts().size()).isEqualTo(10);
      assertThat(new String(bytes.readAllBytes(), UTF_8)).isEqualTo(expected);
    }
  }

  private ObjectBody get(ByteRange range) {
    return server.get(name, Optional.of(range), Optional.empty(), GET).orElseThrow();
  }

  private Receipt put(ObjectName object, String text, WriteCondition condition) {
    return put(object, text, headers(text), condition);
  }

  private Receipt put(
      ObjectName object, String text, ObjectHeaders headers, WriteCondition condition) {
    try (StagedContent content = staged(text.getBytes(UTF_8))) {
      return server.put(object, headers, content, condition, PUT);
    }
  }

  private StagedContent staged(byte[] bytes) {
    return StagedContent.of(
        ContentSource.of(bytes), PutOptions.defaults(), PartPlan.defaults(), spool, PUT.context());
  }

  private static ObjectHeaders headers(String text) {
    return new ObjectHeaders(
        ContentType.TEXT,
        WireMetadata.of(Metadata.of("colour", "red"), Sha256.of(text.getBytes(UTF_8)), "me"),
        Tags.none());
  }

  private static void assertConflict(StorageConflictException.Condition condition, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StorageConflictException.class,
            conflict -> assertThat(conflict.condition()).isEqualTo(condition));
  }

  private static void assertNoBucket(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(StorageBucketException.class)
        .hasMessageContaining("there is no bucket");
  }

  private static Call call(Operation operation) {
    return new Call(FailureContext.of(operation), Duration.ofSeconds(5), Duration.ofSeconds(20));
  }
}
