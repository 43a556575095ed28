package io.taforge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.contract.Faults;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The stores here do not matter; what an adapter is told to open does. */
class S3HarnessTest {
  /** Opens nothing in particular. */
  public static final class Opener implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String space) {
      return new InMemoryArtifactStore();
    }
  }

  private final List<S3Target> targets = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void whatShouldBeBrokenIsBrokenInThisWay(Server each) {
    S3Harness harness = harness(each.running());
    harness.open().close();
    create(targets.get(0));
    harness.openMissingBucket().orElseThrow().close();
    harness.openBadCredentials().orElseThrow().close();
    harness.openForbidden().orElseThrow().close();
    harness.openUnreachable().orElseThrow().close();

    assertThat(failure(targets.get(0))).isNull();
    assertThat(failure(targets.get(1))).isInstanceOf(NoSuchBucketException.class);
    for (S3Target denied : targets.subList(2, 4)) {
      assertThat(failure(denied))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
    assertThat(failure(targets.get(4))).isInstanceOf(SdkClientException.class);
    harness.cleanup();
  }

  @ParameterizedTest
  @EnumSource
  void faultsBefallTheStoreAndNotTheOtherProcess(Server each) {
    S3Harness harness = harness(each.running());
    harness.open().close();
    create(targets.get(0));
    S3Target direct = S3Target.decode(harness.otherProcess().orElseThrow().space());
    Faults faults = harness.faults().orElseThrow();
    faults.throttleNext(1000);

    assertThat(failure(targets.get(0)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    assertThat(failure(direct)).isNull();
    faults.heal();
    assertThat(failure(targets.get(0))).isNull();
    harness.cleanup();
  }

  @ParameterizedTest
  @EnumSource
  void eachHarnessHasBucketsOfItsOwnAndTakesThemAway(Server each) {
    S3TestServer server = each.running();
    S3Harness first = harness(server);
    S3Harness second = harness(server);
    create(first.target());
    create(second.target());
    first.cleanup();

    assertThatThrownBy(() -> list(server.client(), first.target()))
        .isInstanceOf(NoSuchBucketException.class);
    list(server.client(), second.target());
    second.cleanup();
  }

  @Test
  void aTargetComesThroughAsTextAndHidesItsSecret() {
    S3Target target =
        new S3Target(
            URI.create("http://127.0.0.1:9"), "us-east-1", "id", "s/e+c=ret", Buckets.defaults());

    S3Target published = target.withLinkEndpoint(URI.create("https://s3.example.com"));

    assertThat(S3Target.decode(target.encode())).isEqualTo(target);
    assertThat(S3Target.decode(published.encode())).isEqualTo(published).isNotEqualTo(target);
    assertThat(target.toString()).contains("id", "127.0.0.1:9").doesNotContain("s/e+c=ret");
    assertThat(new AccessKey("id", "s/e+c=ret")).hasToString("id");
    assertThatThrownBy(() -> S3Target.decode("nonsense"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private S3Harness harness(S3TestServer server) {
    return new S3Harness(
        server,
        target -> {
          targets.add(target);
          return new InMemoryArtifactStore();
        },
        Set.of(),
        Opener.class,
        Duration.ofSeconds(3));
  }

  private static void create(S3Target target) {
    try (S3Client client = client(target)) {
      client.createBucket(request -> request.bucket(target.buckets().samples()));
    }
  }

  private static @Nullable SdkException failure(S3Target target) {
    try (S3Client client = client(target)) {
      list(client, target);
      return null;
    } catch (SdkException e) {
      return e;
    }
  }

  private static void list(S3Client client, S3Target target) {
    client.listObjectsV2(request -> request.bucket(target.buckets().samples()));
  }

  private static S3Client client(S3Target target) {
    AccessKey key = new AccessKey(target.accessKey(), target.secretKey());
    return OwnerClient.to(target.endpoint(), target.region(), key);
  }
}
