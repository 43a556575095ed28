package io.taforge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the port itself does for all adapters. */
class ContentTest {
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  @Test
  void aStreamIsReadOnlyOnce() throws IOException {
    ContentSource source = ContentSource.of(InputStream.nullInputStream());

    assertThat(source.isReplayable()).isFalse();
    source.open().close();
    assertThatThrownBy(source::open).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ContentSource.of(InputStream.nullInputStream(), -1))
        .hasMessageContaining("-1 is not a length");
  }

  @Test
  void aFileIsASourceAndAFolderIsNot(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "hello");
    ContentSource source = ContentSource.of(file);

    assertThat(source.length()).hasValue(5);
    assertThat(source.isReplayable()).isTrue();
    assertThat(source.open()).hasContent("hello");
    assertThatThrownBy(() -> ContentSource.of(folder)).hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> ContentSource.of(folder.resolve("b")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aTimeOutOfTheSourceIsNobodysInterrupt() {
    InputStream slow =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new SocketTimeoutException("Read timed out");
          }
        };

    assertThatThrownBy(
            () ->
                new InMemoryArtifactStore()
                    .put(SAMPLE, ContentSource.of(slow), PutOptions.defaults()))
        .isInstanceOf(StorageUploadException.class)
        .hasMessageContaining("Read timed out");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void bytesBehindAWrongChecksumAreTakenBack() {
    byte[] buffer = new byte[100];
    Arrays.fill(buffer, (byte) 1);
    InMemoryArtifactStore store = new InMemoryArtifactStore();
    StoredArtifact stored =
        store.put(SAMPLE, ContentSource.of(new byte[] {1}), PutOptions.defaults());
    ArtifactContent content =
        ArtifactContent.whole(
            stored,
            new ByteArrayInputStream(new byte[] {2}),
            FailureContext.of(Operation.GET, store.buckets(), SAMPLE),
            (context, failure) -> new StorageDownloadException(context, "x", failure));

    assertThatThrownBy(() -> content.stream().read(buffer, 50, 10))
        .isInstanceOf(StorageIntegrityException.class);
    assertThat(buffer[50]).isZero();
    content.close();
    assertThatThrownBy(() -> content.stream().read())
        .isInstanceOf(StorageDownloadException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void signedLinksHideWhatMakesThemWork() {
    SignedLink link =
        new SignedLink(
            LinkRequest.Method.GET,
            URI.create("http://localhost:9000/b/k?X-Amz-Signature=secret"),
            Map.of(),
            Instant.EPOCH);

    assertThat(link.toString()).contains("http://localhost:9000/b/k?…").doesNotContain("secret");
  }

  @Test
  void aSignedLinkIsTheSameAsATextAndAsAUri() {
    URI uri = URI.create("http://localhost:9000/b/k?X-Amz-Signature=secret");
    SignedLink parsed =
        new SignedLink(LinkRequest.Method.GET, uri, Map.of("a", "b"), Instant.EPOCH);
    SignedLink written =
        SignedLink.of(LinkRequest.Method.GET, uri.toString(), Map.of("a", "b"), Instant.EPOCH);

    assertThat(written).isEqualTo(parsed).hasSameHashCodeAs(parsed);
    assertThat(written.uri()).isEqualTo(uri);
    assertThat(parsed.text()).isEqualTo(uri.toString());
    assertThat(written)
        .isNotEqualTo(
            SignedLink.of(LinkRequest.Method.PUT, uri.toString(), Map.of("a", "b"), Instant.EPOCH))
        .isNotEqualTo(SignedLink.of(LinkRequest.Method.GET, uri + "s", Map.of(), Instant.EPOCH));
  }

  @Test
  void aFailureTellsItsKeyInAnotherProcess() throws Exception {
    LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
    FailureContext context = FailureContext.of(Operation.PUT, Buckets.defaults(), sample);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(context.withAttempts(2));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      FailureContext read = (FailureContext) in.readObject();

      assertThat(read.key()).contains(sample.key().value());
      assertThat(read).hasToString(context.withAttempts(2).toString());
    }
    assertThat(context.withKey("other").key()).contains("other");
  }

  @Test
  void bucketNamesAreThoseOfS3() {
    assertThat(Buckets.defaults().of(ArtifactKind.TA_BUNDLE)).isEqualTo("ta-artifacts");
    for (String name : Set.of("", "ab", "A-bucket", "a..b", "-ab", "192.168.1.1", "xn--abc")) {
      assertThatThrownBy(() -> new Buckets(name, "bbb", "ccc"))
          .hasMessageContaining("'" + name + "' is not a bucket name");
    }
    assertThatThrownBy(() -> new Buckets("same", "same", "ccc"))
        .hasMessageContaining("a bucket of its own");
  }

  @Test
  void rangesMeanWhatTheySayOnlyWithinTheContent() {
    assertThat(ByteRange.of(2, 100).of(10)).isEqualTo(new ByteRange.Slice(2, 8));
    assertThat(ByteRange.from(9).of(10)).isEqualTo(new ByteRange.Slice(9, 1));
    assertThat(ByteRange.last(100).of(10)).isEqualTo(new ByteRange.Slice(0, 10));
    assertThat(ByteRange.from(10).isWithin(10)).isFalse();
    assertThat(ByteRange.last(1).isWithin(0)).isFalse();
  }

  @Test
  void listQueriesKnowTheirPosition() {
    ListQuery query = ListQuery.of(KeyPrefix.all(ArtifactKind.LOG_SAMPLE));

    assertThatThrownBy(() -> query.withPageSize(0)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> query.after(KeyPrefix.of("tas/")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(query.after(SAMPLE.folder()).isAhead(SAMPLE.key().value())).isFalse();
  }

  @Test
  void everyFailureHasAStatusAndASentence() {
    FailureContext context =
        FailureContext.of(Operation.PUT, Buckets.defaults(), SAMPLE)
            .withAttempts(3)
            .withRequestId("r1");
    Exception cause = new IOException("x");
    Map<Integer, Long> statuses =
        Stream.of(
                new StorageAccessDeniedException(context, "why", cause),
                new StorageBucketException(context, "why", cause),
                new StorageClosedException(context, "why", cause),
                StorageConflictException.alreadyStored(context),
                StorageConflictException.changed(context),
                new StorageConnectionException(context, "why", cause),
                new StorageDownloadException(context, "why", cause),
                new StorageIntegrityException(context, "why", cause),
                new StorageInterruptedException(context, "why", cause),
                new StorageNotFoundException(context, "why", cause),
                new StorageQuotaExceededException(context, UploadLimit.ofBytes(1), 2),
                new StorageRangeException(context, "why", cause),
                new StorageRetentionException(context, "why", cause),
                new StorageUnsupportedException(context, "why", cause),
                new StorageUploadException(context, "why", cause))
            .peek(
                failure ->
                    assertThat(failure)
                        .hasMessageStartingWith("Cannot put log-samples/" + SAMPLE.key() + ": ")
                        .hasMessageEndingWith("(after 3 attempts)"))
            .collect(Collectors.groupingBy(StorageException::httpStatus, Collectors.counting()));

    assertThat(statuses).containsOnlyKeys(403, 404, 409, 412, 413, 416, 500, 501, 502, 503);
    assertThat(context.requestId()).contains("r1");
    assertThat(context.toString()).contains("operation=PUT", "attempts=3");
  }
}
