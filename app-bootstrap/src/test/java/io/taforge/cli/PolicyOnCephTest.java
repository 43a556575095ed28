package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Tags;
import io.taforge.bootstrap.Backends;
import io.taforge.config.Backend;
import io.taforge.config.SettingsReader;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.Lease;
import io.taforge.storage.PutOptions;
import io.taforge.testbed.AccessKey;
import io.taforge.testbed.CephServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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
    bundle("TA.tgz");
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
  void aJanitorClearsAwayOpenUploadsUnderALeaseAndTheServersRules() throws IOException {
    String bucket = buckets.get(0);
    ceph.client().createMultipartUpload(each -> each.bucket(bucket).key("samples/" + ID + "/b"));
    becomeA("janitor");

    try (ArtifactStore store =
            Backends.open(SettingsReader.read(environment, folder), clock).client().store();
        Lease lease = store.acquireLease("the janitor", Duration.ofMinutes(1))) {
      lease.renew();
      assertThat(store.backendTime()).isPresent();
      assertThat(store.capabilities()).contains(Capability.LEASES, Capability.NATIVE_RETENTION);
      assertThat(store.find(Artifact.at(ArtifactKey.of(key))).orElseThrow().isHeld()).isFalse();
      assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE).map(store::deleteLeftover))
          .containsExactly(DeleteOutcome.DELETED);
      assertThat(store.leftovers(ArtifactKind.LOG_SAMPLE)).isEmpty();
    }
    assertThat(taforge("retention", "native", "--apply").code()).isZero();
    assertThat(taforge("retention", "native", "--diff").code()).isZero();
    environment.put("SAMPLE_RETENTION_ENABLED", "false");
    assertThat(taforge("retention", "native", "--apply").code()).isZero();
  }

  @Test
  void theServersRuleIsPlannedComparedAndPutInPlace() throws IOException {
    String bucket = buckets.get(0);
    environment.put("SAMPLE_RETENTION_DAYS", "3650");
    String rule =
        "taforge-log-samples: samples/ expires after 3650 days, uploads that nobody completes after"
            + " 1 day\n";

    Ended plan = taforge("retention", "native", "--plan");
    assertThat(plan.out()).isEqualTo(bucket + ": " + rule);
    assertThat(plan.err()).contains("does not see holds by metadata").hasLineCount(1);
    assertThat(plan.code()).isZero();
    Ended different = taforge("retention", "native", "--diff");
    assertThat(different.out()).isEqualTo("+ " + rule);
    assertThat(different.code()).isEqualTo(3);

    assertThat(taforge("retention", "native", "--apply").out())
        .isEqualTo(bucket + ": now has " + rule);
    assertThat(taforge("retention", "native", "--apply").out())
        .isEqualTo(bucket + ": nothing to change\n");
    Ended same = taforge("retention", "native", "--diff", "--json");
    assertThat(same.json().get("in_place").asBoolean()).isTrue();
    assertThat(same.json().at("/found_rule/expire_after_days").asInt()).isEqualTo(3650);
    assertThat(same.json().get("foreign_rules")).isEmpty();

    environment.put("SAMPLE_RETENTION_DAYS", "3651");
    assertThat(taforge("retention", "native", "--diff").out())
        .isEqualTo("- " + rule + "+ " + rule.replace("3650", "3651"));
    environment.put("SAMPLE_RETENTION_ENABLED", "false");
    Ended off = taforge("retention", "native", "--apply", "--json");
    assertThat(off.json().get("changed").asBoolean()).isTrue();
    assertThat(off.err()).isEmpty();
    assertThat(taforge("retention", "native", "--plan").out())
        .isEqualTo(bucket + ": no rule, because nothing expires\n");
    assertThat(taforge("retention", "native", "--diff").out())
        .isEqualTo(bucket + ": no difference\n");
    assertThat(taforge("audit", "verify").code()).isZero();
    assertThat(audit()).contains("native_retention_compared", "native_retention_applied");
  }

  @Test
  void statsTellOfOpenUploadsToWhomMayListThem() throws IOException {
    ceph.client()
        .createMultipartUpload(each -> each.bucket(buckets.get(0)).key("samples/" + ID + "/b"));
    becomeA("lister");

    JsonNode stats = taforge("stats", "--json").json();
    assertThat(stats.at("/log_samples/leftovers/objects").asInt()).isEqualTo(1);
    assertThat(stats.at("/log_samples/leftovers/of_unknown_size").asInt()).isEqualTo(1);
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

  private String audit() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("taforge-audit"))) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(each));
      }
    }
    return text.toString();
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
    Iterator<JsonNode> statements = own.get("Statement").elements();
    while (statements.hasNext()) {
      if (!statements.next().get("Resource").toString().contains(":::" + bucket)) {
        statements.remove();
      }
    }
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
}
