package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Area N: a failure is the same, and tells the same, whatever the backend. */
abstract class FailureCases extends ContractCases {
  /** More refusals than any sensible number of attempts. */
  private static final int OVERLOAD = 1000;

  private static final byte[] CONTENT = bytes(1000, 14);
  private static final VersionToken STALE = new VersionToken("of-another-time");

  /** What only a credential, or the query of a signed link, looks like. */
  private static final Pattern SECRET =
      Pattern.compile(
          "X-Amz-(Signature|Credential|Security-Token)|AWS4-HMAC-SHA256|AWSAccessKeyId"
              + "|Authorization:|(secret|password|signature)[\\w-]*\\s*[=:]\\s*\\S",
          Pattern.CASE_INSENSITIVE);

  /** Line breaks, stack frames, class names of exceptions, and pages of a server. */
  private static final Pattern NOISE =
      Pattern.compile(
          "[\\r\\n\\t]|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|\\b([a-z]\\w*\\.)+\\w*(Exception|Error)\\b"
              + "|<\\?xml|<html",
          Pattern.CASE_INSENSITIVE);

  private record Failure(
      Operation operation, String bucket, Artifact artifact, StorageException thrown) {}

  @Case("N01")
  void whatIsNotThereIsNotFoundWithStatus404() {
    LogSample missing = sample("missing.log");

    assertFails(() -> store.get(missing).close(), StorageNotFoundException.class, 404);
    assertFails(
        () -> store.get(missing, ByteRange.from(1)).close(), StorageNotFoundException.class, 404);
    if (can(Capability.TAGS)) {
      assertFails(() -> store.tags(missing), StorageNotFoundException.class, 404);
    }
    if (can(Capability.METADATA_UPDATE)) {
      VersionToken token = put(sample("other.log"), CONTENT).version();
      Metadata metadata = Metadata.of("colour", "red");
      assertFails(
          () -> store.replaceMetadata(missing, metadata, token),
          StorageNotFoundException.class,
          404);
    }
    assertThat(store.find(missing)).isEmpty();
  }

  @Case("N02")
  void aMissingBucketIsABucketFailureAndNotAMissingArtifact() {
    ArtifactStore bucketless = closedLater(need(harness().openMissingBucket(), "missing bucket"));

    assertEachCallFails(bucketless, StorageBucketException.class, 500);
  }

  @Case("N03")
  void aRightThatIsMissingIsDeniedWithStatus403() {
    put(sample("a.log"), CONTENT);
    ArtifactStore forbidden = closedLater(need(harness().openForbidden(), "missing rights"));

    assertEachCallFails(forbidden, StorageAccessDeniedException.class, 403);
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("N04")
  void wrongCredentialsAreDeniedWithStatus403() {
    put(sample("a.log"), CONTENT);
    ArtifactStore stranger = closedLater(need(harness().openBadCredentials(), "bad credentials"));

    assertEachCallFails(stranger, StorageAccessDeniedException.class, 403);
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }

  @Case("N05")
  void anOverloadedBackendIsTriedAgainButNotForever() {
    Faults faults = need(harness().faults(), "faults");

    assertThat(calls())
        .allSatisfy(
            (name, call) -> {
              faults.throttleNext(1);
              assertThatCode(() -> call.accept(store)).as(name).doesNotThrowAnyException();
            });
    assertThat(calls())
        .allSatisfy(
            (name, call) -> {
              faults.throttleNext(OVERLOAD);
              StorageException failure =
                  assertFails(() -> call.accept(store), StorageConnectionException.class, 503);
              assertThat(failure.isRetryable()).as(name).isTrue();
              assertThat(failure.context().attempts()).as(name).isGreaterThan(1);
              faults.heal();
            });
  }

  @Case("N06")
  void anUnreachableBackendIsAConnectionFailureWithStatus503() {
    ArtifactStore remote = closedLater(need(harness().openUnreachable(), "unreachable backend"));

    assertEachCallFails(remote, StorageConnectionException.class, 503);
  }

  @Case("N07")
  void aFailureTellsOperationBucketKeyAndAttempts() {
    assertThat(failures())
        .allSatisfy(
            failure -> {
              StorageException thrown = failure.thrown();
              String key = failure.artifact().key().value();
              assertThat(thrown.context().operation()).isEqualTo(failure.operation());
              assertThat(thrown.context().bucket()).contains(failure.bucket());
              assertThat(thrown.context().key()).contains(key);
              assertThat(thrown.context().attempts()).isPositive();
              assertThat(thrown)
                  .hasMessageMatching(
                      Pattern.quote(
                              "Cannot "
                                  + failure.operation()
                                  + " "
                                  + failure.bucket()
                                  + "/"
                                  + key
                                  + ": ")
                          + "\\S.*");
            });
  }

  @Case("N08")
  void noFailureHoldsASecretOrMoreThanOneLine() {
    assertThat(failures())
        .allSatisfy(
            failure -> {
              StorageException thrown = failure.thrown();
              assertThat(thrown.getMessage()).doesNotContainPattern(NOISE);
              assertThat(thrown.context().toString())
                  .doesNotContainPattern(SECRET)
                  .doesNotContainPattern(NOISE);
              for (Throwable each : chain(thrown)) {
                assertThat(each.toString()).doesNotContainPattern(SECRET);
              }
            });
  }

  @Case("N09")
  void aFailureKeepsItsCauseAndSurvivesSerialization() {
    IOException trouble = new IOException("the cable is out");
    Throwable failure =
        catchThrowable(
            () -> store.put(sample("a.log"), failingWith(trouble), PutOptions.defaults()));

    assertThat(failure).isInstanceOf(StorageUploadException.class);
    assertThat(chain(failure)).contains(trouble);
    assertThat(failures())
        .allSatisfy(
            each -> {
              StorageException original = each.thrown();
              StorageException copy = serializedAndBack(original);
              assertThat(copy).hasSameClassAs(original).hasMessage(original.getMessage());
              assertThat(copy.context()).hasToString(original.context().toString());
              assertThat(copy.httpStatus()).isEqualTo(original.httpStatus());
              assertThat(copy.isRetryable()).isEqualTo(original.isRetryable());
            });
  }

  /** One call of each sort, on the same sample, in an order in which all of them can succeed. */
  private Map<String, Consumer<ArtifactStore>> calls() {
    LogSample sample = sample("a.log");
    Map<String, Consumer<ArtifactStore>> calls = new LinkedHashMap<>();
    calls.put("put", each -> each.put(sample, ContentSource.of(CONTENT), PutOptions.defaults()));
    calls.put("get", each -> read(each, sample));
    calls.put("get a range", each -> each.get(sample, ByteRange.of(1, 2)).close());
    calls.put("find", each -> each.find(sample));
    calls.put("list", each -> each.list(ListQuery.of(KeyPrefix.samplesOf(request))));
    calls.put("delete", each -> each.delete(sample));
    return calls;
  }

  private void assertEachCallFails(
      ArtifactStore broken, Class<? extends StorageException> type, int status) {
    assertThat(calls())
        .allSatisfy((name, call) -> assertFails(() -> call.accept(broken), type, status));
  }

  private static StorageException assertFails(
      Runnable call, Class<? extends StorageException> type, int status) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(type);
    StorageException failure = (StorageException) thrown;
    assertThat(failure.httpStatus()).isEqualTo(status);
    return failure;
  }

  /** Whatever can be made to fail with what the harness offers. */
  private List<Failure> failures() {
    LogSample missing = sample("missing.log");
    LogSample there = sample("there.log");
    StoredArtifact stored = put(there, CONTENT);
    ContentSource content = ContentSource.of(CONTENT);
    PutOptions defaults = PutOptions.defaults();
    List<Failure> failures = new ArrayList<>();
    Attempts onMissing = new Attempts(store, missing, failures);
    onMissing.of(Operation.GET, () -> store.get(missing).close());
    onMissing.of(Operation.GET, () -> store.get(missing, ByteRange.last(1)).close());
    if (can(Capability.TAGS)) {
      onMissing.of(Operation.READ_TAGS, () -> store.tags(missing));
    }
    if (can(Capability.METADATA_UPDATE)) {
      onMissing.of(
          Operation.REPLACE_METADATA,
          () -> store.replaceMetadata(missing, Metadata.none(), stored.version()));
    }
    Attempts onThere = new Attempts(store, there, failures);
    onThere.of(Operation.GET, () -> store.get(there, ByteRange.from(1000)).close());
    for (PutOptions impossible :
        List.of(
            defaults.on(WriteCondition.ifAbsent()),
            defaults.on(WriteCondition.ifUnchanged(STALE)),
            defaults.expecting(Sha256.of(new byte[0])))) {
      onThere.of(Operation.PUT, () -> store.put(there, content, impossible));
    }
    for (ContentSource bad :
        List.of(
            ContentSource.of(new ByteArrayInputStream(CONTENT), 999),
            failingWith(new IOException("the cable is out")))) {
      onThere.of(Operation.PUT, () -> store.put(there, bad, defaults));
    }
    if (can(Capability.CONDITIONAL_DELETE)) {
      onThere.of(Operation.DELETE, () -> store.deleteUnchanged(there, STALE));
    }
    addFailuresOfTheBackend(failures);
    assertThat(failures).as("failures that every store can be brought to").hasSizeGreaterThan(7);
    return failures;
  }

  private void addFailuresOfTheBackend(List<Failure> failures) {
    ArtifactStore closed = another();
    closed.close();
    List<Optional<ArtifactStore>> broken =
        List.of(
            Optional.of(closed),
            harness().openMissingBucket(),
            harness().openForbidden(),
            harness().openBadCredentials(),
            harness().openUnreachable());
    LogSample sample = sample("a.log");
    broken.stream()
        .flatMap(Optional::stream)
        .map(this::closedLater)
        .forEach(
            each -> {
              Attempts attempts = new Attempts(each, sample, failures);
              ContentSource content = ContentSource.of(CONTENT);
              attempts.of(Operation.PUT, () -> each.put(sample, content, PutOptions.defaults()));
              attempts.of(Operation.GET, () -> each.get(sample).close());
              attempts.of(Operation.FIND, () -> each.find(sample));
              attempts.of(Operation.DELETE, () -> each.delete(sample));
            });
    harness()
        .faults()
        .ifPresent(
            faults -> {
              faults.throttleNext(OVERLOAD);
              new Attempts(store, sample, failures).of(Operation.FIND, () -> store.find(sample));
              faults.heal();
            });
  }

  /** Tries what should fail and keeps how it fails; whether it does is asked by other cases. */
  private record Attempts(ArtifactStore store, Artifact artifact, List<Failure> failures) {
    void of(Operation operation, Runnable call) {
      try {
        call.run();
      } catch (StorageException e) {
        String bucket = store.buckets().of(artifact.kind());
        failures.add(new Failure(operation, bucket, artifact, e));
      }
    }
  }

  private static ContentSource failingWith(IOException trouble) {
    return ContentSource.of(
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (count++ < 100) {
              return 'x';
            }
            throw trouble;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
          }
        });
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure; each != null && !chain.contains(each); each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static StorageException serializedAndBack(StorageException failure) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(failure);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (StorageException) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("It does not survive serialization: " + failure, e);
    }
  }
}
