package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.Buckets;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.contract.Stranger.Answer;
import io.taforge.storage.policy.PolicyCheck;
import io.taforge.storage.policy.PolicyRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Area K: buckets are made, looked at and made anew, and nobody else gets in. */
abstract class BucketCases extends ContractCases {
  private static final byte[] CONTENT = bytes(1000, 11);
  private static final int AT_ONCE = 8;
  private static final Pattern RESOURCE = Pattern.compile("arn:aws:s3:::([a-z0-9.-]+)");
  private static final List<String> EVERYWHERE =
      List.of("exists", "writable", "readable", "listable", "deletable");

  /** By "General purpose bucket naming rules" of Amazon S3, without what only Amazon reserves. */
  private static final String NAME = "(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  @Case("K01")
  void initAgainChangesNothing() {
    Map<ArtifactKind, Artifact> stored = storeOneOfEach();

    for (ArtifactStore each : List.of(store, another(), store)) {
      List<BucketCheck> checks = each.createBuckets();
      assertThat(checks).isNotEmpty().allMatch(check -> check.status() == Status.OK);
      assertThat(checks).extracting(BucketCheck::kind).contains(ArtifactKind.values());
    }
    stored.values().forEach(each -> assertThat(read(each)).isEqualTo(CONTENT));
  }

  @Case("K02")
  void initByManyAtOnceSaysTheSameToAll() {
    List<ArtifactStore> stores = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Optional<ArtifactStore> one = harness().openMissingBucket();
      stores.add(closedLater(need(one, "missing bucket")));
    }

    for (List<BucketCheck> checks : atOnce(stores, ArtifactStore::createBuckets)) {
      assertThat(checks)
          .filteredOn(each -> each.aspect().equals("exists"))
          .extracting(BucketCheck::kind)
          .containsExactlyInAnyOrder(ArtifactKind.values());
      assertThat(checks)
          .allMatch(each -> each.status() == Status.OK || each.status() == Status.CREATED);
    }
    for (ArtifactStore each : stores) {
      assertThat(failed(each.verifyBuckets())).isEmpty();
    }
  }

  @Case("K03")
  void aBucketOfSomebodyElseIsRefused() {
    Artifact stored = put(sample("mine.log"), CONTENT).artifact();
    ArtifactStore stranger =
        closedLater(need(harness().openForbidden(), "store that may do nothing"));

    assertThat(catchThrowable(stranger::createBuckets))
        .isInstanceOfAny(StorageBucketException.class, StorageAccessDeniedException.class);
    assertThat(failed(stranger.verifyBuckets()))
        .extracting(BucketCheck::kind)
        .contains(ArtifactKind.values());
    assertThat(read(stored)).isEqualTo(CONTENT);
  }

  @Case("K04")
  void verifyTellsEachAspectOnItsOwnAndChangesNothing() {
    Map<ArtifactKind, Artifact> stored = storeOneOfEach();
    List<BucketCheck> checks = store.verifyBuckets();

    Set<String> aspects = new TreeSet<>();
    checks.forEach(each -> aspects.add(each.aspect()));
    assertThat(aspects).containsAll(EVERYWHERE);
    for (ArtifactKind kind : ArtifactKind.values()) {
      assertThat(checks)
          .filteredOn(each -> each.kind() == kind)
          .extracting(BucketCheck::aspect)
          .containsExactlyInAnyOrderElementsOf(aspects);
    }
    assertThat(checks)
        .allMatch(each -> each.status() == Status.OK || each.status() == Status.UNKNOWN);
    assertThat(checks)
        .filteredOn(each -> EVERYWHERE.contains(each.aspect()))
        .allMatch(each -> each.status() == Status.OK);
    stored.forEach(
        (kind, artifact) -> {
          assertThat(listed(kind)).containsExactly(artifact);
          assertThat(read(artifact)).isEqualTo(CONTENT);
        });
    assertNothingLeftBehind();

    harness().openMissingBucket().ifPresent(this::assertMissing);
    Stream.of(harness().openBadCredentials(), harness().openUnreachable())
        .flatMap(Optional::stream)
        .forEach(each -> assertThat(failed(closedLater(each).verifyBuckets())).isNotEmpty());
  }

  private void assertMissing(ArtifactStore missing) {
    closedLater(missing);
    for (int i = 0; i < 2; i++) { // the first time has not made them
      assertThat(failed(missing.verifyBuckets()))
          .extracting(BucketCheck::aspect)
          .containsExactly("exists", "exists", "exists");
    }
  }

  @Case("K05")
  void aBucketThatIsNotEmptyIsMadeAnewOnlyWithItsName() {
    Map<ArtifactKind, Artifact> stored = storeOneOfEach();

    stored.forEach(
        (kind, artifact) -> {
          assertLoss(store.lossOf(kind), 1, CONTENT.length);
          for (String wrong : List.of("", "yes", store.buckets().of(kind) + " ")) {
            assertThat(catchThrowable(() -> store.recreateBucket(kind, wrong)))
                .isInstanceOf(StorageBucketException.class)
                .hasMessageContaining(store.buckets().of(kind));
          }
          assertThat(read(artifact)).isEqualTo(CONTENT);
          store.delete(artifact);
          assertLoss(store.lossOf(kind), 0, 0);
          assertThat(store.lossOf(kind).isNothing()).isTrue();
          assertThat(failed(store.recreateBucket(kind, ""))).isEmpty();
        });
  }

  private void assertLoss(BucketLoss loss, long objects, long bytes) {
    assertThat(loss.bucket()).isEqualTo(store.buckets().of(loss.kind()));
    assertThat(loss.objects()).as("objects in %s", loss.bucket()).isEqualTo(objects);
    assertThat(loss.size().bytes()).as("bytes in %s", loss.bucket()).isEqualTo(bytes);
    assertThat(loss.obstacle()).isEmpty();
  }

  @Case("K06")
  void withItsNameThatBucketIsEmptiedAndNoOther() {
    Map<ArtifactKind, Artifact> stored = storeOneOfEach();
    ArtifactStore other = another();

    for (Artifact again : stored.values()) {
      ArtifactKind kind = again.kind();
      assertSettingsAreTold(kind, again);
      List<BucketCheck> checks = store.recreateBucket(kind, store.buckets().of(kind));
      assertThat(checks).isNotEmpty().allMatch(each -> each.kind() == kind);
      assertThat(failed(checks)).isEmpty();

      stored.forEach(
          (each, artifact) ->
              assertThat(other.find(artifact).isPresent())
                  .as("%s is there after %s was emptied", each, kind)
                  .isEqualTo(each != kind));
      assertThat(listed(kind)).isEmpty();
      assertThat(store.lossOf(kind).isNothing()).isTrue();
      put(again, CONTENT);
      assertThat(read(other, again)).isEqualTo(CONTENT);
    }
    assertNothingLeftBehind();
  }

  /** What else would be lost is told beforehand, and is not lost without the name either. */
  private void assertSettingsAreTold(ArtifactKind kind, Artifact artifact) {
    List<String> words = harness().backdoor().map(door -> door.furnish(kind)).orElse(List.of());
    BucketLoss loss = store.lossOf(kind);
    assertLoss(loss, 1, CONTENT.length);
    for (String each : words) {
      assertThat(loss.settings()).anyMatch(told -> told.contains(each));
    }
    if (!words.isEmpty()) {
      store.delete(artifact);
      assertThat(store.lossOf(kind).isNothing()).isFalse();
      assertThat(catchThrowable(() -> store.recreateBucket(kind, "")))
          .isInstanceOf(StorageBucketException.class);
      assertThat(store.lossOf(kind).settings()).isEqualTo(loss.settings());
      put(artifact, CONTENT);
    }
  }

  @Case("K07")
  void bucketsAreNamedByTheRulesOfAmazonAndTheirChecksNameThem() {
    Buckets names = store.buckets();
    List<BucketCheck> checks = new ArrayList<>(store.createBuckets());
    checks.addAll(store.verifyBuckets());
    checks.addAll(store.recreateBucket(ArtifactKind.LOG_SAMPLE, ""));

    for (ArtifactKind kind : ArtifactKind.values()) {
      assertThat(names.of(kind)).matches(NAME);
    }
    assertThat(checks).allMatch(each -> each.bucket().equals(names.of(each.kind())));
  }

  @Case("K08")
  void nobodyGetsInWithoutASignature() {
    Map<ArtifactKind, Artifact> stored = storeOneOfEach();
    store.createBuckets();
    Stranger stranger = new Stranger(harness()::strangerHttpClient);

    stored.forEach(
        (kind, artifact) -> {
          URI bucket = need(harness().anonymousAddress(kind), "anonymous address of a bucket");
          Answer listing = stranger.get(bucket);
          Answer object = stranger.get(URI.create(bucket + artifact.key().value()));

          assertThat(listing).as("listing %s", bucket).matches(Answer::isRefusal, "is refused");
          assertThat(object).as("reading %s", artifact).matches(Answer::isRefusal, "is refused");
          for (Answer each : List.of(listing, object)) {
            assertThat(Arrays.equals(each.body(), CONTENT)).isFalse();
            assertThat(each.text()).doesNotContain(artifact.fileName().value());
          }
        });
  }

  @Case("K09")
  void policiesOfRolesAreSoundAndAboutTheseBuckets() {
    Set<String> told = new TreeSet<>();
    store.verifyBuckets().forEach(each -> told.add(each.bucket()));

    for (PolicyRole role : PolicyRole.values()) {
      Map<String, Object> policy = role.policy(store.buckets());
      assertThat(PolicyCheck.findings(policy)).as("policy of %s", role).isEmpty();
      assertThat(RESOURCE.matcher(policy.toString()).results())
          .extracting(each -> each.group(1))
          .hasSameElementsAs(told);
    }
  }

  /** Something of each kind, whose keys need no escape in an address. */
  private Map<ArtifactKind, Artifact> storeOneOfEach() {
    Map<ArtifactKind, Artifact> stored = new EnumMap<>(ArtifactKind.class);
    for (Artifact each :
        List.of(
            sample("nobodys-business.log"),
            new TaBundle(request, new BundleVersion(1), RevisionId.random()),
            new DebugBundle(ValidationRunId.random(), FileName.of("nobodys-business.zip")))) {
      put(each, CONTENT);
      stored.put(each.kind(), each);
    }
    return stored;
  }

  private static List<BucketCheck> failed(List<BucketCheck> checks) {
    return checks.stream().filter(each -> each.status() == Status.FAILED).toList();
  }

  /** What a store is asked to do. */
  @FunctionalInterface
  private interface Deed {
    List<BucketCheck> by(ArtifactStore store);
  }

  private static List<List<BucketCheck>> atOnce(List<ArtifactStore> stores, Deed deed) {
    ExecutorService threads = Executors.newFixedThreadPool(stores.size());
    try {
      List<Callable<List<BucketCheck>>> calls = new ArrayList<>();
      stores.forEach(each -> calls.add(() -> deed.by(each)));
      List<List<BucketCheck>> results = new ArrayList<>();
      for (Future<List<BucketCheck>> each : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("Not all of " + stores.size() + " could do it at once", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
