package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.ListQuery;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.util.ArrayList;
import java.util.List;

/** Area G: what is to be deleted is gone, and nothing else. */
abstract class DeleteCases extends ContractCases {
  private static final byte[] CONTENT = bytes(1000, 10);

  @Case("G01")
  void whatIsDeletedIsGone() {
    put(sample("a.log"), CONTENT);
    put(sample("b.log"), CONTENT);

    assertThat(store.delete(sample("a.log"))).isEqualTo(DeleteOutcome.DELETED);
    assertThat(store.find(sample("a.log"))).isEmpty();
    assertThatThrownBy(() -> store.get(sample("a.log")))
        .isInstanceOf(StorageNotFoundException.class);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("b.log"));
    assertThat(read(sample("b.log"))).isEqualTo(CONTENT);
  }

  @Case("G02")
  void deletingWhatIsNotThereSaysSo() {
    assertThat(store.delete(sample("a.log"))).isEqualTo(DeleteOutcome.ABSENT);
    put(sample("a.log"), CONTENT);
    assertThat(store.delete(sample("a.log"))).isEqualTo(DeleteOutcome.DELETED);
    assertThat(store.delete(sample("a.log"))).isEqualTo(DeleteOutcome.ABSENT);
  }

  @Case("G03")
  void anyNumberIsDeletedAtOnce() {
    assertThat(store.deleteMany(List.of())).isEqualTo(new DeleteReport(List.of(), List.of()));
    for (int count : new int[] {1, 1000, 1001}) {
      List<LogSample> samples = samples(count);
      putAll(samples.subList(0, Math.min(count, 10)));
      putAll(samples.subList(Math.max(0, count - 10), count));
      put(sample("other.log"), CONTENT);

      DeleteReport report = store.deleteMany(samples);
      assertThat(report.isComplete()).isTrue();
      assertThat(report.removed()).containsExactlyInAnyOrderElementsOf(samples);
      assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample("other.log"));
    }
    put(sample("a.log"), CONTENT);
    assertThat(store.deleteMany(List.of(sample("a.log"), sample("a.log"), sample("a.log"))))
        .isEqualTo(new DeleteReport(List.of(sample("a.log")), List.of()));
  }

  @Case("G04")
  void whatCannotBeDeletedIsReportedAndDoesNotStopTheRest() {
    Backdoor door = need(harness().backdoor(), "backdoor");
    List<Artifact> all = new ArrayList<>(samples(5));
    all.forEach(each -> put(each, CONTENT));
    Artifact stubborn = all.get(2);
    if (!door.makeUndeletable(stubborn)) {
      abort("the backend has nothing that cannot be deleted");
    }
    DeleteReport report = store.deleteMany(all);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.failures())
        .extracting(DeleteReport.Failure::artifact)
        .containsExactly(stubborn);
    StorageException reason = report.failures().get(0).reason();
    assertThat(reason.context().key()).contains(stubborn.key().value());
    assertThat(reason).hasMessageStartingWith("Cannot delete ");
    all.remove(stubborn);
    assertThat(report.removed()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(all).allSatisfy(each -> assertThat(store.find(each)).isEmpty());
  }

  @Case("G05")
  void aFolderIsDeletedWithoutItsNeighbours() {
    TaBundle first = bundle(1);
    TaBundle second = bundle(1);
    TaBundle tenth = bundle(10);
    List.of(first, second, tenth).forEach(each -> put(each, CONTENT));
    KeyPrefix folder = KeyPrefix.of("tas/" + request + "/v1");

    for (KeyPrefix same : List.of(folder, folder.asFolder())) {
      put(first, CONTENT);
      put(second, CONTENT);
      DeleteReport report = store.deleteFolder(same);
      assertThat(report.isComplete()).isTrue();
      assertThat(report.removed()).containsExactlyInAnyOrder(first, second);
      assertThat(listed(ArtifactKind.TA_BUNDLE)).containsExactly(tenth);
    }
    assertThat(store.deleteFolder(folder).removed()).isEmpty();
  }

  @Case("G06")
  void nothingInAFolderNameIsAPattern() {
    put(sample("a.log"), CONTENT);
    String id = request.toString();
    for (String pattern :
        List.of(id.replace('-', '.'), "[0-9a-f]" + id.substring(1), "." + id.substring(1))) {
      DeleteReport report = store.deleteFolder(KeyPrefix.of("samples/" + pattern + "/"));
      assertThat(report.removed()).as(pattern).isEmpty();
    }
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("G07")
  void aWholeKindIsDeletedOnlyWhenItIsSaidInSoManyWords() {
    put(sample("a.log"), CONTENT);
    LogSample ofAnother = new LogSample(RequestId.random(), FileName.of("a.log"));
    put(ofAnother, CONTENT);
    TaBundle bundle = bundle(1);
    put(bundle, CONTENT);
    KeyPrefix kind = KeyPrefix.all(ArtifactKind.LOG_SAMPLE);

    assertThatThrownBy(() -> store.deleteFolder(kind)).isInstanceOf(IllegalArgumentException.class);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).hasSize(2);

    assertThat(store.deleteEverything(ArtifactKind.LOG_SAMPLE).removed())
        .containsExactlyInAnyOrder(sample("a.log"), ofAnother);
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEmpty();
    assertThat(read(bundle)).isEqualTo(CONTENT);
  }

  @Case("G08")
  void noEmptyFolderStaysAndTheBucketDoes() {
    List<Artifact> all = List.of(sample("a.log"), bundle(1));
    for (int i = 0; i < 2; i++) {
      all.forEach(each -> put(each, CONTENT));
      all.forEach(store::delete);
      for (ArtifactKind kind : ArtifactKind.values()) {
        assertThat(listed(kind)).isEmpty();
        assertThat(store.listFolders(ListQuery.of(KeyPrefix.all(kind))).entries()).isEmpty();
      }
      assertThat(store.verifyBuckets())
          .noneMatch(check -> check.status() == BucketCheck.Status.FAILED);
    }
  }

  private TaBundle bundle(int version) {
    return new TaBundle(request, BundleVersion.of(version), RevisionId.random());
  }
}
