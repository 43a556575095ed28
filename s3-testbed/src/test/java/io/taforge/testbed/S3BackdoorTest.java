package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.Buckets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

class S3BackdoorTest {
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a & b+c.log"));
  private final String bucket = buckets.samples();
  private final String key = sample.key().value();
  private S3TestServer server;
  private S3Client client;
  private FaultProxy proxy;
  private S3Backdoor door;

  private void open(Server which) {
    server = which.running();
    client = server.client();
    proxy = FaultProxy.to(server.endpoint());
    door = new S3Backdoor(server, buckets, proxy);
    client.createBucket(request -> request.bucket(bucket));
  }

  @AfterEach
  void close() {
    if (server != null) {
      proxy.close();
      new BucketCleaner(server).remove(bucket);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageChangesTheContentAndNothingElse(Server which) {
    open(which);
    client.putObject(
        request -> {
          request
              .bucket(bucket)
              .key(key)
              .contentType("text/x-log")
              .contentDisposition("attachment")
              .metadata(Map.of("colour", "red"));
          if (server.hasTags()) {
            request.tagging("owner=%C3%A9");
          }
        },
        RequestBody.fromString("content"));
    HeadObjectResponse before = head();
    door.damage(sample, old -> (new String(old, UTF_8) + "!").getBytes(UTF_8));

    assertThat(read()).isEqualTo("content!");
    assertThat(head().contentType()).isEqualTo(before.contentType());
    assertThat(head().contentDisposition()).isEqualTo(before.contentDisposition());
    assertThat(head().metadata()).isEqualTo(before.metadata()).containsEntry("colour", "red");
    assertThat(head().eTag()).isNotEqualTo(before.eTag());
    if (server.hasTags()) {
      assertThat(client.getObjectTagging(request -> request.bucket(bucket).key(key)).tagSet())
          .containsExactly(Tag.builder().key("owner").value("\u00e9").build());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPlantedIsThere(Server which) {
    open(which);
    door.plant(ArtifactKind.LOG_SAMPLE, key, "planted".getBytes(UTF_8));

    assertThat(read()).isEqualTo("planted");
  }

  @ParameterizedTest
  @EnumSource
  void leftoversAreUploadsThatWereNotCompleted(Server which) {
    open(which);
    assertThat(door.leftovers()).isEmpty();
    client.createMultipartUpload(request -> request.bucket(bucket).key(key));

    assertThat(door.leftovers()).containsExactly(bucket + "/" + key);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUndeletableStaysAndItsNeighboursGo(Server which) {
    open(which);
    Stream.of(key, "one", "two", "three")
        .forEach(
            each ->
                client.putObject(
                    request -> request.bucket(bucket).key(each),
                    RequestBody.fromString("content")));
    assertThat(door.makeUndeletable(sample)).isTrue();
    try (S3Client through = OwnerClient.to(proxy.endpoint(), server.region(), server.owner())) {
      assertThatThrownBy(() -> through.deleteObject(request -> request.bucket(bucket).key(key)))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      through.deleteObject(request -> request.bucket(bucket).key("one"));
      DeleteObjectsResponse deleted = deleteBoth(through, "two", false);
      DeleteObjectsResponse quietly = deleteBoth(through, "three", true);

      assertThat(deleted.deleted()).extracting(DeletedObject::key).containsExactly("two");
      assertThat(quietly.deleted()).isEmpty();
      assertThat(Stream.of(deleted, quietly).flatMap(each -> each.errors().stream()))
          .extracting(S3Error::key)
          .containsExactly(key, key);
      assertThat(client.listObjectsV2(request -> request.bucket(bucket)).contents())
          .singleElement()
          .returns(key, each -> each.key());
    }
  }

  private DeleteObjectsResponse deleteBoth(S3Client through, String neighbour, boolean isQuiet) {
    return through.deleteObjects(
        request ->
            request
                .bucket(bucket)
                .delete(
                    delete ->
                        delete
                            .quiet(isQuiet)
                            .objects(
                                ObjectIdentifier.builder().key(key).build(),
                                ObjectIdentifier.builder().key(neighbour).build())));
  }

  private HeadObjectResponse head() {
    return client.headObject(request -> request.bucket(bucket).key(key));
  }

  private String read() {
    return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
  }
}
