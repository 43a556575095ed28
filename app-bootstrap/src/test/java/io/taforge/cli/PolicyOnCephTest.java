package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Tags;
import io.taforge.bootstrap.Backends;
import io.taforge.config.Backend;
import io.taforge.config.SettingsReader;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.testbed.AccessKey;
import io.taforge.testbed.CephServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/**
 * A role's policy suffices for what the role is there for, and for nothing else. Ceph 16 has no
 * policies for identities; so the buckets get what is printed, with a user as its principal.
 */
@ParameterizedClass
@EnumSource(value = Backend.class, names = "FILESYSTEM", mode = EnumSource.Mode.EXCLUDE)
class PolicyOnCephTest extends CommandTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final String DENIED = "denies access";

  @Parameter private Backend backend;

  private final CephServer ceph = CephServer.running();
  private final String id = UUID.randomUUID().toString();
  private final List<String> buckets = List.of("samples-" + id, "bundles-" + id, "debug-" + id);
  private String key;

  @BeforeEach
  void storeSomething() throws IOException {
    environment.put("STORAGE_BACKEND", backend.toString());
    environment.put("MINIO_ENDPOINT", ceph.endpoint().toString());
    environment.put("MINIO_BUCKET_SAMPLES", buckets.get(0));
    environment.put("MINIO_BUCKET_TAS", buckets.get(1));
    environment.put("MINIO_BUCKET_DEBUG", buckets.get(2));
    become(ceph.owner());
    taforge("init");
    file("a.log", "hello");
    Files.write(folder.resolve("large.log"), new byte[12 << 20]);
    key = uploaded("samples", "upload", "a.log", "--request", ID);
  }

  @AfterEach
  void removeEverything() {
    for (String bucket : buckets) {
      ceph.client()
          .listObjectsV2(each -> each.bucket(bucket))
          .contents()
          .forEach(found -> ceph.client().deleteObject(d -> d.bucket(bucket).key(found.key())));
      ceph.client().deleteBucket(each -> each.bucket(bucket));
    }
  }

  @Test
  void withoutAPolicyAStrangerMayDoNothing() {
    become(ceph.stranger().orElseThrow());

    assertDenied("samples", "download", key, "-o", "copy.log");
    assertDenied("stats");
  }

  @Test
  void aReaderDownloads() throws IOException {
    becomeA("reader");

    assertThat(taforge("samples", "download", key, "-o", "-").out()).isEqualTo("hello");
    assertDenied("stats");
    assertDenied("samples", "list", ID);
    assertDenied("samples", "upload", "a.log");
    assertDenied("samples", "delete", key);
  }

  @Test
  void aListerCounts() throws IOException {
    becomeA("lister");

    assertThat(taforge("stats", "--json").json().at("/all/objects").asInt()).isEqualTo(1);
    assertDenied("samples", "download", key, "-o", "copy.log");
    assertDenied("samples", "upload", "a.log");
    assertDenied("samples", "delete", key);
  }

  @Test
  void aWriterUploadsListsAndDownloadsAndDeletesNothing() throws IOException {
    becomeA("writer");
    String small = uploaded("samples", "upload", "a.log");
    String large = uploaded("samples", "upload", "large.log");
    file("TA.tgz", "not really");
    uploaded("bundles", "upload", "TA.tgz", "--request", ID, "--version", "1");

    assertThat(taforge("samples", "download", small, "-o", "-").out()).isEqualTo("hello");
    assertThat(taforge("samples", "download", large, "-o", "-").bytes()).hasSize(12 << 20);
    assertThat(taforge("bundles", "list", ID, "--json").json().get("bundles")).hasSize(1);
    assertThat(taforge("samples", "list", ID).out()).contains("a.log");
    assertDenied("samples", "delete", small);
  }

  @Test
  void aWriterTagsWhatItWritesIfItNeedNotTryThatOut() throws IOException {
    becomeA("writer");
    environment.put("STORAGE_CAPABILITIES", "tags");
    LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
    Tags tags = Tags.of(Map.of("team", "soc"));

    try (ArtifactStore store =
        Backends.open(SettingsReader.read(environment, folder), clock).client().store()) {
      store.put(sample, ContentSource.of(new byte[6 << 20]), PutOptions.defaults().withTags(tags));
      assertThat(store.tags(sample)).isEqualTo(tags);
    }
  }

  @Test
  void aJanitorListsAndDeletesAndUploadsNothing() throws IOException {
    becomeA("janitor");

    assertThat(taforge("samples", "list", ID).out()).contains("a.log");
    assertDenied("samples", "upload", "a.log");
    assertThat(taforge("samples", "delete", key).out()).isEqualTo("deleted " + key + "\n");
    assertThat(taforge("stats", "--json").json().at("/all/objects").asInt()).isZero();
  }

  @Test
  void aJanitorClearsAwayOpenUploadsAndHasRulesForThem() throws IOException {
    String bucket = buckets.get(0);
    ceph.client().createMultipartUpload(each -> each.bucket(bucket).key("samples/" + ID + "/b"));
    becomeA("janitor");

    try (S3Client janitor = client(ceph.stranger().orElseThrow())) {
      janitor
          .listMultipartUploads(each -> each.bucket(bucket))
          .uploads()
          .forEach(
              open ->
                  janitor.abortMultipartUpload(
                      each -> each.bucket(bucket).key(open.key()).uploadId(open.uploadId())));
      assertThat(janitor.listMultipartUploads(each -> each.bucket(bucket)).uploads()).isEmpty();
      LifecycleRule rule =
          LifecycleRule.builder()
              .id("unfinished")
              .status(ExpirationStatus.ENABLED)
              .filter(LifecycleRuleFilter.builder().prefix("").build())
              .abortIncompleteMultipartUpload(each -> each.daysAfterInitiation(7))
              .build();
      janitor.putBucketLifecycleConfiguration(
          each -> each.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(rule)));
      assertThat(janitor.getBucketLifecycleConfiguration(each -> each.bucket(bucket)).rules())
          .extracting(LifecycleRule::id)
          .containsExactly("unfinished");
    }
  }

  @Test
  void linksOfAnUploaderTakeAnUploadAndObeyNothingElse() throws Exception {
    becomeA("uploader");
    String other = "samples/" + ID + "/b.log";
    URI upload = URI.create(taforge("samples", "url", other, "--put").out().strip());
    URI download = URI.create(taforge("samples", "url", key).out().strip());

    HttpClient stranger = HttpClient.newHttpClient();
    HttpRequest.Builder put =
        HttpRequest.newBuilder(upload).PUT(HttpRequest.BodyPublishers.ofString("new"));
    assertThat(stranger.send(put.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    HttpRequest copy =
        put.copy().header("x-amz-copy-source", "/" + buckets.get(0) + "/" + key).build();
    assertThat(stranger.send(copy, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    HttpRequest get = HttpRequest.newBuilder(download).build();
    assertThat(stranger.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertDenied("samples", "download", key, "-o", "copy.log");

    become(ceph.owner());
    assertDenied("samples", "download", other, "-o", "copy.log"); // it is the uploader's
    allow("owner", "reader");
    assertThat(taforge("samples", "download", other, "-o", "-").out()).isEqualTo("new");
  }

  private void assertDenied(String... arguments) {
    assertRefused(1, DENIED, arguments);
  }

  private void become(AccessKey user) {
    environment.put("MINIO_ACCESS_KEY", user.id());
    environment.put("MINIO_SECRET_KEY", user.secret());
  }

  private void becomeA(String role) throws IOException {
    allow("stranger", role);
    become(ceph.stranger().orElseThrow());
  }

  /** The role for this user, and none for others. */
  private void allow(String user, String role) throws IOException {
    JsonNode policy = taforge("policy", role).json();
    for (String bucket : buckets) {
      ceph.client()
          .putBucketPolicy(each -> each.bucket(bucket).policy(ofBucket(policy, bucket, user)));
    }
  }

  /** What of the policy is about the bucket. */
  private static String ofBucket(JsonNode policy, String bucket, String user) {
    ObjectNode own = policy.deepCopy();
    for (JsonNode each : own.get("Statement")) {
      JsonNode all = each.get("Resource");
      ArrayNode resources = ((ObjectNode) each).putArray("Resource");
      for (JsonNode resource : all) {
        if ((resource.asText() + "/").contains(":::" + bucket + "/")) {
          resources.add(resource);
        }
      }
      ((ObjectNode) each).putObject("Principal").put("AWS", "arn:aws:iam:::user/" + user);
    }
    return own.toString();
  }

  private S3Client client(AccessKey user) {
    return S3Client.builder()
        .endpointOverride(ceph.endpoint())
        .region(Region.of(ceph.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(user.id(), user.secret())))
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .build();
  }
}
