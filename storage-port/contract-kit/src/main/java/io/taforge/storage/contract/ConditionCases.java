package io.taforge.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Area F: conditions hold, whoever else is at work. */
abstract class ConditionCases extends ContractCases {
  private static final byte[] OLD = bytes(1000, 8);
  private static final byte[] NEW = bytes(2000, 9);

  /** What one of several writers has seen happen. */
  private record Outcome(int writer, boolean hasWon) {}

  @Case("F01")
  void theFirstMayCreate() {
    StoredArtifact stored = confirmed(create(sample("a.log"), NEW));

    assertThat(stored.size()).isEqualTo(NEW.length);
    assertThat(read(sample("a.log"))).isEqualTo(NEW);
    store.delete(sample("a.log"));
    create(sample("a.log"), OLD);
    assertThat(read(sample("a.log"))).isEqualTo(OLD);
  }

  @Case("F02")
  void theSecondMayNotCreate() {
    StoredArtifact first = put(sample("a.log"), OLD);

    assertConflict(409, () -> create(sample("a.log"), NEW));
    assertConflict(409, () -> create(sample("a.log"), OLD));
    assertThat(store.find(sample("a.log"))).contains(first);
    assertThat(read(sample("a.log"))).isEqualTo(OLD);
    assertNothingLeftBehind();
  }

  @Case("F03")
  void oneOfEightWinsAndItsContentIsThere() throws Exception {
    for (int round = 0; round < 5; round++) {
      LogSample sample = sample("race-" + round + ".log");
      List<Callable<Outcome>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int writer = i;
        ArtifactStore handle = i % 2 == 0 ? store : another();
        writers.add(() -> new Outcome(writer, hasCreated(handle, sample, content(writer))));
      }
      List<Outcome> winners = together(writers).stream().filter(Outcome::hasWon).toList();

      assertThat(winners).hasSize(1);
      assertThat(read(sample)).isEqualTo(content(winners.get(0).writer()));
    }
    assertNothingLeftBehind();
  }

  @Case("F04")
  void oneOfTwoProcessesWinsAndItsContentIsThere() throws Exception {
    OtherProcess other = need(harness().otherProcess(), "other process");
    int races = 100;
    List<OtherProcessMain.Running> processes =
        List.of(
            OtherProcessMain.start(other, request, races, "first"),
            OtherProcessMain.start(other, request, races, "second"));
    for (OtherProcessMain.Running process : processes) {
      process.awaitReady();
    }
    processes.forEach(OtherProcessMain.Running::go);
    Map<String, String> winners = new HashMap<>();
    for (OtherProcessMain.Running process : processes) {
      for (String won : process.awaitWon()) {
        assertThat(winners.put(won, process.name())).as("who else has won %s", won).isNull();
      }
    }

    assertThat(winners).hasSize(races);
    winners.forEach(
        (name, winner) -> assertThat(new String(read(sample(name)), UTF_8)).isEqualTo(winner));
  }

  @Case("F05")
  void whatIsUnchangedMayBeReplaced() {
    StoredArtifact old = put(sample("a.log"), OLD);
    assertThat(store.find(sample("a.log")).orElseThrow().version()).isEqualTo(old.version());

    StoredArtifact stored = replace(sample("a.log"), NEW, old.version());
    assertThat(read(sample("a.log"))).isEqualTo(NEW);
    replace(sample("a.log"), OLD, stored.version());
    assertThat(read(sample("a.log"))).isEqualTo(OLD);
  }

  @Case("F06")
  void whatHasChangedMayNotBeReplaced() {
    StoredArtifact old = put(sample("a.log"), OLD);
    StoredArtifact changed = put(sample("a.log"), NEW);

    assertConflict(412, () -> replace(sample("a.log"), bytes(10, 1), old.version()));
    assertConflict(
        412, () -> replace(sample("a.log"), bytes(10, 1), new VersionToken("of-another-time")));
    assertThat(store.find(sample("a.log"))).contains(changed);
    assertThat(read(sample("a.log"))).isEqualTo(NEW);
    assertNothingLeftBehind();
  }

  @Case("F07")
  void whatIsNotThereMayNotBeReplaced() {
    StoredArtifact old = put(sample("a.log"), OLD);
    store.delete(sample("a.log"));

    assertConflict(412, () -> replace(sample("a.log"), NEW, old.version()));
    assertConflict(412, () -> replace(sample("b.log"), NEW, old.version()));
    assertThat(store.find(sample("a.log"))).isEmpty();
    assertThat(store.find(sample("b.log"))).isEmpty();
  }

  @Case("F08")
  void fiveTimesTenIncrementsAreFifty() throws Exception {
    LogSample counter = sample("counter.log");
    put(counter, number(0));
    List<Callable<Integer>> counting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ArtifactStore handle = another();
      counting.add(
          () -> {
            int done = 0;
            for (int tries = 0; done < 10 && tries < 2000; tries++) {
              done += hasIncremented(handle, counter) ? 1 : 0;
            }
            return done;
          });
    }
    together(counting);

    assertThat(new String(read(counter), UTF_8).trim()).isEqualTo("50");
  }

  @Case("F09")
  void eachReadOfWhatIsBeingReplacedIsOfOneVersion() throws Exception {
    LogSample sample = sample("a.log");
    putVersion(store, sample, 0);
    AtomicBoolean isOver = new AtomicBoolean();
    Callable<Integer> writer =
        () -> {
          try {
            for (int version = 1; version < 150; version++) {
              putVersion(store, sample, version);
            }
            return 0;
          } finally {
            isOver.set(true);
          }
        };
    ArtifactStore other = another();
    Callable<Integer> reader =
        () -> {
          int reads = 0;
          while (!isOver.get() || reads < 20) {
            assertOneVersion(other, sample);
            reads++;
          }
          return reads;
        };
    together(List.of(writer, reader, reader));
  }

  @Case("F10")
  void writersReadersAndDeletersDoNotStumbleOverEachOther() throws Exception {
    LogSample sample = sample("a.log");
    int rounds = 150;
    Callable<Integer> writer =
        () -> {
          for (int i = 0; i < rounds; i++) {
            store.put(sample, ContentSource.of(OLD), PutOptions.defaults());
          }
          return rounds;
        };
    ArtifactStore other = another();
    Callable<Integer> deleter =
        () -> {
          for (int i = 0; i < rounds * 5; i++) {
            other.delete(sample);
          }
          return rounds;
        };
    Callable<Integer> reader =
        () -> {
          for (int i = 0; i < rounds * 2; i++) {
            other.find(sample).ifPresent(found -> assertThat(found.size()).isEqualTo(OLD.length));
            try {
              assertThat(read(other, sample)).isEqualTo(OLD);
            } catch (StorageNotFoundException e) {
              // it is gone at the moment, and that is what it says
            }
          }
          return rounds;
        };
    together(List.of(writer, writer, deleter, deleter, reader));

    put(sample, NEW);
    assertThat(read(sample)).isEqualTo(NEW);
    assertNothingLeftBehind();
  }

  @Case("F11")
  void whatIsUnchangedMayBeDeletedAndNothingElse() {
    StoredArtifact old = put(sample("a.log"), OLD);
    if (!can(Capability.CONDITIONAL_DELETE)) {
      assertThatThrownBy(() -> store.deleteUnchanged(sample("a.log"), old.version()))
          .isInstanceOf(StorageUnsupportedException.class);
      assertThat(store.find(sample("a.log"))).contains(old);
      return;
    }
    StoredArtifact changed = put(sample("a.log"), NEW);
    assertConflict(412, () -> store.deleteUnchanged(sample("a.log"), old.version()));
    assertThat(store.find(sample("a.log"))).contains(changed);
    assertThat(read(sample("a.log"))).isEqualTo(NEW);

    assertThat(store.deleteUnchanged(sample("a.log"), changed.version()))
        .isEqualTo(DeleteOutcome.DELETED);
    assertThat(store.find(sample("a.log"))).isEmpty();
  }

  private StoredArtifact create(LogSample sample, byte[] content) {
    return create(store, sample, content);
  }

  private static StoredArtifact create(ArtifactStore store, LogSample sample, byte[] content) {
    PutOptions absent = PutOptions.defaults().on(WriteCondition.ifAbsent());
    return store.put(sample, ContentSource.of(content), absent);
  }

  private StoredArtifact replace(LogSample sample, byte[] content, VersionToken version) {
    return replace(store, sample, content, version);
  }

  private static StoredArtifact replace(
      ArtifactStore store, LogSample sample, byte[] content, VersionToken version) {
    PutOptions unchanged = PutOptions.defaults().on(WriteCondition.ifUnchanged(version));
    return store.put(sample, ContentSource.of(content), unchanged);
  }

  private static void assertConflict(int status, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StorageConflictException.class,
            conflict -> assertThat(conflict.httpStatus()).isEqualTo(status));
  }

  private static boolean hasCreated(ArtifactStore store, LogSample sample, byte[] content) {
    try {
      create(store, sample, content);
      return true;
    } catch (StorageConflictException e) {
      assertThat(e.httpStatus()).isEqualTo(409);
      return false;
    }
  }

  private static boolean hasIncremented(ArtifactStore store, LogSample counter) {
    try (ArtifactContent content = store.get(counter)) {
      int number = Integer.parseInt(new String(content.readBytes(10), UTF_8).trim());
      replace(store, counter, number(number + 1), content.artifact().version());
      return true;
    } catch (StorageConflictException e) {
      return false;
    }
  }

  /** Always as long, so that no two versions can be told by their size. */
  private static byte[] number(int number) {
    return "%5d".formatted(number).getBytes(UTF_8);
  }

  private static byte[] content(int writer) {
    return bytes(50_000 + writer, writer);
  }

  private static void putVersion(ArtifactStore store, LogSample sample, int version) {
    byte[] content = new byte[20_000 + version % 7];
    Arrays.fill(content, (byte) version);
    store.put(
        sample,
        ContentSource.of(content),
        PutOptions.defaults().withMetadata(Metadata.of("version", Integer.toString(version))));
  }

  private static void assertOneVersion(ArtifactStore store, LogSample sample) throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      int version = Integer.parseInt(content.artifact().metadata().value("version").orElseThrow());
      byte[] expected = new byte[20_000 + version % 7];
      Arrays.fill(expected, (byte) version);
      assertThat(content.artifact().size()).isEqualTo(expected.length);
      assertThat(Arrays.equals(content.stream().readAllBytes(), expected))
          .as("the content is that of version %s", version)
          .isTrue();
    }
  }

  /** Runs these at the same time; fails if one does. */
  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(calls, 120, SECONDS)) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
