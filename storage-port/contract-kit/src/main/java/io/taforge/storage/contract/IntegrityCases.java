package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Area E: content is what it was, or it is refused. */
abstract class IntegrityCases extends ContractCases {
  private static final byte[] CONTENT = bytes(300_000, 5);
  private static final byte[] OTHER = bytes(300_000, 6);
  private static final byte[] OF_MANY_PARTS = bytes(12 * 1024 * 1024, 7);

  @Case("E01")
  void theRightChecksumIsAcceptedAndKept() {
    PutOptions expecting = PutOptions.defaults().expecting(Sha256.of(CONTENT));
    for (ContentSource source :
        List.of(ContentSource.of(CONTENT), ContentSource.of(new ByteArrayInputStream(CONTENT)))) {
      StoredArtifact stored = confirmed(store.put(sample("a.log"), source, expecting));

      assertThat(stored.sha256()).contains(Sha256.of(CONTENT));
      assertThat(store.find(sample("a.log"))).contains(stored);
    }
    assertThat(put(sample("empty.log"), new byte[0]).sha256()).contains(Sha256.of(new byte[0]));
  }

  @Case("E02")
  void theWrongChecksumStoresNothing() {
    assertRefused(sample("a.log"));

    assertThat(store.find(sample("a.log"))).isEmpty();
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEmpty();
    assertNothingLeftBehind();
  }

  @Case("E03")
  void theWrongChecksumLeavesTheOldArtifact() {
    StoredArtifact old = put(sample("a.log"), OTHER);
    assertRefused(sample("a.log"));

    assertThat(store.find(sample("a.log"))).contains(old);
    assertThat(read(sample("a.log"))).isEqualTo(OTHER);
    assertNothingLeftBehind();
  }

  @Case("E04")
  void aBitThatHasTurnedIsFound() {
    for (int position : new int[] {0, 150_000, CONTENT.length - 1}) {
      assertFound(
          content -> {
            content[position] ^= 4;
            return content;
          });
    }
    assertFound(content -> OTHER);
  }

  @Case("E05")
  void contentThatHasBecomeShorterOrLongerIsFound() {
    assertFound(content -> Arrays.copyOf(content, content.length - 1));
    assertFound(content -> Arrays.copyOf(content, content.length / 2));
    assertFound(content -> new byte[0]);
    assertFound(content -> Arrays.copyOf(content, content.length + 1));
  }

  @Case("E06")
  void theChecksumIsOfAllContentHoweverItIsTransferred() {
    Sha256 sha256 = Sha256.of(OF_MANY_PARTS);
    StoredArtifact known = put(sample("known.log"), OF_MANY_PARTS);
    StoredArtifact unknown =
        store.put(
            sample("unknown.log"),
            ContentSource.of(new ByteArrayInputStream(OF_MANY_PARTS)),
            PutOptions.defaults());

    assertThat(known.sha256()).contains(sha256);
    assertThat(unknown.sha256()).contains(sha256);
    assertThat(store.find(sample("known.log"))).contains(known);
    assertThat(read(sample("unknown.log"))).isEqualTo(OF_MANY_PARTS);
  }

  @Case("E07")
  void aDetailedListingHasTheChecksums() {
    can(Capability.DETAILED_LISTING);
    StoredArtifact a = put(sample("a.log"), CONTENT);
    StoredArtifact b = put(sample("b.log"), new byte[0]);

    assertThat(store.scanDetailed(KeyPrefix.samplesOf(request)).limit(MOST_ENTRIES))
        .containsExactly(a, b)
        .extracting(StoredArtifact::sha256)
        .containsExactly(Optional.of(Sha256.of(CONTENT)), Optional.of(Sha256.of(new byte[0])));
  }

  /** The version's text means nothing; neither it nor anything made of it is the checksum. */
  @Case("E08")
  void theChecksumIsOfTheContentAndNotOfItsVersion() {
    StoredArtifact first = put(sample("a.log"), CONTENT);
    StoredArtifact second = put(sample("b.log"), OTHER);
    StoredArtifact again = put(sample("c.log"), CONTENT);

    assertThat(again.sha256()).isEqualTo(first.sha256()).contains(Sha256.of(CONTENT));
    assertThat(second.sha256()).contains(Sha256.of(OTHER));
    try (ArtifactContent content = store.get(sample("a.log"))) {
      assertThat(content.artifact().sha256()).contains(Sha256.of(CONTENT));
      assertThat(content.artifact().version()).isEqualTo(first.version());
    }
  }

  private void assertRefused(LogSample sample) {
    PutOptions expectingOther = PutOptions.defaults().expecting(Sha256.of(new byte[1]));
    for (ContentSource source :
        List.of(ContentSource.of(CONTENT), ContentSource.of(new ByteArrayInputStream(CONTENT)))) {
      assertThatThrownBy(() -> store.put(sample, source, expectingOther))
          .isInstanceOf(StorageIntegrityException.class);
    }
  }

  private void assertFound(UnaryOperator<byte[]> change) {
    Backdoor door = need(harness().backdoor(), "backdoor");
    put(sample("a.log"), CONTENT);
    put(sample("b.log"), CONTENT);
    door.damage(sample("a.log"), change);

    assertThatThrownBy(() -> read(sample("a.log"))).isInstanceOf(StorageIntegrityException.class);
    assertThatThrownBy(() -> read(another(), sample("a.log")))
        .isInstanceOf(StorageIntegrityException.class);
    assertThat(read(sample("b.log"))).isEqualTo(CONTENT);
    put(sample("a.log"), CONTENT);
    assertThat(read(sample("a.log"))).isEqualTo(CONTENT);
  }
}
