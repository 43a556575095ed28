package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.Leftover;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that are allowed and look as if they were not, and texts that no type has looked at. */
abstract class HostileNameCases extends ContractCases {
  private static final String ONE_LINE = "[^\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]{1,2000}";

  /** The adapter's name, for what is told. */
  abstract String adapter();

  /** Names to try. */
  abstract List<String> names();

  /** Looks whether anything is where it should not be. */
  abstract void checkSurroundings();

  @AfterEach
  void lookAround() {
    checkSurroundings();
  }

  @Test
  void aNameComesBackAsItIsAndIsNoOther() {
    List<String> names = names();
    List<Artifact> all = new ArrayList<>();
    ValidationRunId run = ValidationRunId.parse(request.toString());
    for (int i = 0; i < names.size(); i++) {
      FileName name = FileName.of(names.get(i));
      all.add(i % 8 == 7 ? new DebugBundle(run, name) : new LogSample(request, name));
    }
    for (Artifact artifact : all) {
      store.put(artifact, ContentSource.of(content(artifact)), PutOptions.defaults());
    }

    List<Artifact> listed =
        Stream.of(ArtifactKind.values()).flatMap(kind -> listed(kind).stream()).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
    for (Artifact artifact : all) {
      assertThat(read(artifact)).as("%s", artifact).isEqualTo(content(artifact));
    }
    store.deleteMany(all.subList(0, all.size() / 2));
    assertThat(Stream.of(ArtifactKind.values()).flatMap(kind -> listed(kind).stream()).toList())
        .containsExactlyInAnyOrderElementsOf(all.subList(all.size() / 2, all.size()));
    System.out.printf(
        "Reliability F2: %s: of %d texts %d are no name, and %d of the others came back byte for"
            + " byte, 0 as another (seed %d)%n",
        adapter(),
        HostileTexts.all().size(),
        HostileTexts.all().size() - HostileNamesContract.allowed().size(),
        all.size(),
        Long.getLong("hostile.seed", 20261128L));
  }

  @Test
  void aVersionThatIsNoneIsNotThatOfAnything() {
    LogSample sample = sample("a.log");
    put(sample, new byte[] {1});
    int refused = 0;
    for (String text : chosenTexts()) {
      PutOptions options =
          PutOptions.defaults().on(WriteCondition.ifUnchanged(new VersionToken(text)));
      refused += refused(() -> store.put(sample, ContentSource.of(new byte[] {2}), options));
    }
    assertThat(refused).isEqualTo(chosenTexts().size());
    assertThat(read(sample)).isEqualTo(new byte[] {1});
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).containsExactly(sample);
  }

  @Test
  void whatIsNoLeftoverIsNotRemoved() {
    LogSample sample = sample("a.log");
    put(sample, new byte[] {1});
    for (String text : chosenTexts()) {
      for (Leftover.Type type : Leftover.Type.values()) {
        Leftover leftover =
            new Leftover(ArtifactKind.LOG_SAMPLE, type, text, Instant.EPOCH, OptionalLong.empty());
        refused(
            () ->
                assertThat(store.deleteLeftover(leftover))
                    .as(text)
                    .isEqualTo(DeleteOutcome.ABSENT));
      }
    }
    assertThat(read(sample)).isEqualTo(new byte[] {1});
  }

  @Test
  void aLeaseHasAHolderOfOneLine() {
    if (!store.capabilities().contains(Capability.LEASES)) {
      return;
    }
    for (String text : chosenTexts()) {
      refused(() -> store.acquireLease(text, Duration.ofMinutes(1)).close());
    }
    store.acquireLease("somebody", Duration.ofMinutes(1)).close();
  }

  /** All texts, or as many as there are names to try. */
  private List<String> chosenTexts() {
    return HostileNamesContract.chosen(
        HostileTexts.all(), Math.max(40, names().size() / 4), Long.getLong("hostile.seed", 1));
  }

  /** 1 if it fails as documented, in a message of one line; 0 if it is done. */
  private static int refused(Runnable call) {
    try {
      call.run();
      return 0;
    } catch (StorageException | IllegalArgumentException e) {
      assertThat(e.getMessage()).matches(ONE_LINE);
      return 1;
    }
  }

  private static byte[] content(Artifact artifact) {
    return artifact.key().value().getBytes(StandardCharsets.UTF_8);
  }
}
