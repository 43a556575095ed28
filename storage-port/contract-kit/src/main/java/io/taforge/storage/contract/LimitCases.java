package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taforge.artifact.LogSample;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ContentSource;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Area J: what is larger than is accepted is refused, and leaves everything as it was. */
abstract class LimitCases extends ContractCases {
  private static final int LIMIT = 100_000;
  private static final long ENDLESS = 64L << 20;

  /** How much may be read ahead of the byte that is one too many. */
  private static final long AHEAD = 1L << 20;

  private static final byte[] LARGEST = bytes(LIMIT, 21);

  @Case("J01")
  void theLimitItselfIsAccepted() {
    for (ContentSource each :
        List.of(ContentSource.of(LARGEST), ContentSource.of(new ByteArrayInputStream(LARGEST)))) {
      StoredArtifact stored = upload(sample("largest.log"), each);

      assertThat(stored.size()).isEqualTo(LIMIT);
      assertThat(read(sample("largest.log"))).isEqualTo(LARGEST);
    }
  }

  @Case("J02")
  void whatIsAnnouncedToBeLargerIsRefusedUnread() {
    StoredArtifact old = put(sample("old.log"), LARGEST);
    AtomicInteger opened = new AtomicInteger();
    ContentSource larger =
        new ContentSource.Replayable(
            LIMIT + 1L,
            () -> {
              opened.incrementAndGet();
              return new ByteArrayInputStream(new byte[LIMIT + 1]);
            });

    for (LogSample each : List.of(sample("old.log"), sample("new.log"))) {
      refusal(each, larger);
    }
    assertThat(opened).as("how often the content was opened").hasValue(0);
    assertOnlyTheOldIsThere(old);
  }

  @Case("J03")
  void whatTurnsOutToBeLargerIsCutAndLeavesNothing() {
    StoredArtifact old = put(sample("old.log"), LARGEST);

    for (LogSample each : List.of(sample("old.log"), sample("new.log"))) {
      refusal(each, ContentSource.of(new ByteArrayInputStream(new byte[LIMIT + 1])));
      AtomicLong read = new AtomicLong();
      refusal(each, ContentSource.of(endless(read)));
      assertThat(read.get()).as("how many bytes were read").isBetween(LIMIT + 1L, LIMIT + AHEAD);
    }
    assertOnlyTheOldIsThere(old);
  }

  @Case("J04")
  void theRefusalTellsTheLimitAndTheSize() {
    LogSample sample = sample("larger.log");
    StorageQuotaExceededException announced =
        refusal(sample, ContentSource.of(new byte[LIMIT + 500]));
    StorageQuotaExceededException cut =
        refusal(sample, ContentSource.of(endless(new AtomicLong())));

    assertThat(announced.size()).isEqualTo(LIMIT + 500);
    assertThat(cut.size()).isEqualTo(LIMIT + 1);
    for (StorageQuotaExceededException each : List.of(announced, cut)) {
      assertThat(each.limit()).isEqualTo(LIMIT);
      assertThat(each.httpStatus()).isEqualTo(413);
      assertThat(each.isRetryable()).isFalse();
      assertThat(each).hasMessageContaining(Integer.toString(LIMIT));
      assertThat(each.context().operation()).isEqualTo(Operation.PUT);
      assertThat(each.context().key()).contains(sample.key().value());
      assertThat(each.context().bucket()).contains(store.buckets().of(sample.kind()));
    }
  }

  private StoredArtifact upload(LogSample sample, ContentSource content) {
    return new ObjectStorageClient(store, UploadLimit.ofBytes(LIMIT))
        .upload(sample, content, PutOptions.defaults());
  }

  private StorageQuotaExceededException refusal(LogSample sample, ContentSource content) {
    StorageQuotaExceededException refusal =
        catchThrowableOfType(StorageQuotaExceededException.class, () -> upload(sample, content));
    if (refusal == null) {
      throw new AssertionError("More than " + LIMIT + " bytes were accepted for " + sample);
    }
    return refusal;
  }

  private void assertOnlyTheOldIsThere(StoredArtifact old) {
    assertThat(store.find(old.artifact())).contains(old);
    assertThat(read(old.artifact())).isEqualTo(LARGEST);
    assertThat(listed(old.artifact().kind())).containsExactly(old.artifact());
    assertNothingLeftBehind();
  }

  /** Far more than is accepted; counts what is read of it. */
  private static InputStream endless(AtomicLong count) {
    return new InputStream() {
      @Override
      public int read() {
        return count.getAndIncrement() < ENDLESS ? 'x' : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (count.get() >= ENDLESS) {
          return -1;
        }
        count.addAndGet(length);
        return length;
      }
    };
  }
}
