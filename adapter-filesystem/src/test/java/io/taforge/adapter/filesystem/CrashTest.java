package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kills a writing process with SIGKILL at random moments and looks what is there. {@code
 * -Dcrash.cycles=200} makes it longer, {@code -Dcrash.seed} repeats a run.
 */
class CrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 50);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final int KEYS = 12;
  private static final RequestId REQUEST = RequestId.of(new UUID(1, 2));

  private Path root;

  @BeforeEach
  void makeFolder() throws IOException {
    root = Files.createTempDirectory("taforge-crash");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FolderHarness.delete(root);
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfThere() throws Exception {
    Tally tally = run(CYCLES, "store");

    System.out.printf(
        "kill -9: %d cycles, %d acknowledged writes, %d lost, %d partial or mixed, %d left behind"
            + " (seed %d)%n",
        CYCLES, tally.acknowledged, tally.lost, tally.partial, tally.leftBehind, SEED);
    assertThat(tally.acknowledged).isGreaterThan(CYCLES);
    assertThat(List.of(tally.lost, tally.partial, tally.leftBehind)).containsOnly(0);
  }

  /** The check can fail: it finds out a writer that writes files in place. */
  @Test
  void writingInPlaceIsFoundOut() throws Exception {
    Tally tally = run(15, "in-place");

    System.out.printf(
        "kill -9, writing in place (must fail): %d acknowledged writes, %d lost, %d partial%n",
        tally.acknowledged, tally.lost, tally.partial);
    assertThat(tally.lost + tally.partial).isPositive();
  }

  private static final class Tally {
    private int acknowledged;
    private int lost;
    private int partial;
    private int leftBehind;
  }

  private Tally run(int cycles, String how) throws Exception {
    Random random = new Random(SEED);
    Tally tally = new Tally();
    Map<Integer, Integer> known = new TreeMap<>();
    int next = 0;
    for (int cycle = 0; cycle < cycles; cycle++) {
      int last = killed(how, next, 5 + random.nextInt(60), random.nextInt(30));
      for (int i = next; i <= last; i++) {
        known.put(Step.of(i).key, i);
        tally.acknowledged++;
      }
      next = check(known, last + 1, tally);
    }
    return tally;
  }

  /** Lets a process write and kills it; the last step that it acknowledged. */
  private int killed(String how, int first, int afterSteps, int afterMillis) throws Exception {
    Process writer =
        Jvm.start(
            Map.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of(Writer.class.getName(), root.toString(), how, Integer.toString(first)));
    int last = first - 1;
    List<String> strange = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("done ") || !line.endsWith(".")) {
          strange.add(line);
          continue;
        }
        last = Integer.parseInt(line.substring(5, line.length() - 1));
        if (last - first == afterSteps) {
          TimeUnit.MILLISECONDS.sleep(afterMillis);
          writer.toHandle().destroyForcibly(); // the process' own would close what it has printed
        }
      }
    }
    writer.waitFor();
    assertThat(last).as("The writer said: %s", strange).isGreaterThanOrEqualTo(first);
    return last;
  }

  /** Compares with what must be there; the step that a next writer goes on with. */
  private int check(Map<Integer, Integer> known, int inFlight, Tally tally) throws IOException {
    int next = inFlight;
    try (ArtifactStore store = FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
      store.createBuckets();
      for (int key = 0; key < KEYS; key++) {
        int expected = known.getOrDefault(key, -1);
        int found = found(store, key, tally);
        boolean isInFlight = Step.of(inFlight).key == key;
        if (isInFlight && found == (Step.of(inFlight).isDelete ? -1 : inFlight)) {
          known.put(key, inFlight);
          next = inFlight + 1;
        } else if (found != (expected < 0 || Step.of(expected).isDelete ? -1 : expected)) {
          tally.lost++;
          known.put(key, found);
        }
      }
      long listed = store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).count();
      long live =
          known.values().stream().filter(step -> step >= 0 && !Step.of(step).isDelete).count();
      tally.lost += (int) Math.abs(listed - live);
      tally.leftBehind += leftovers();
    }
    return next;
  }

  /** The step whose content is there, whole and with its own metadata; -1 if there is none. */
  private static int found(ArtifactStore store, int key, Tally tally) throws IOException {
    try (ArtifactContent content = store.get(sample(key))) {
      byte[] bytes = content.stream().readAllBytes();
      int step = Integer.parseInt(content.artifact().metadata().value("step").orElse("-2"));
      if (step < 0 || !Arrays.equals(bytes, Step.of(step).content())) {
        tally.partial++;
      }
      return step;
    } catch (StorageNotFoundException e) {
      return -1;
    } catch (StorageException e) {
      tally.partial++;
      return -2;
    }
  }

  private int leftovers() throws IOException {
    try (var files = Files.walk(root.resolve(".taforge/work"));
        var top = Files.list(root)) {
      return (int)
          (files.filter(file -> file.toString().endsWith(".part")).count()
              + top.filter(file -> file.getFileName().toString().startsWith(".taforge-")).count());
    }
  }

  private static LogSample sample(int key) {
    return new LogSample(REQUEST, FileName.of("sample-" + key + ".log"));
  }

  /** What the writer does at each step, known to both processes. */
  private record Step(int number, int key, boolean isDelete, int size) {
    static Step of(int number) {
      Random random = new Random(number * 31L + 7);
      return new Step(
          number, random.nextInt(KEYS), random.nextInt(6) == 0, random.nextInt(400_000));
    }

    byte[] content() {
      byte[] content = new byte[size];
      new Random(number).nextBytes(content);
      return content;
    }
  }

  /** Runs in a process of its own until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      ArtifactStore store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
      store.createBuckets();
      for (int number = Integer.parseInt(arguments[2]); ; number++) {
        Step step = Step.of(number);
        if (step.isDelete) {
          store.delete(sample(step.key));
        } else if (arguments[1].equals("in-place")) {
          writeInPlace(store, root, step);
        } else {
          store.put(sample(step.key), ContentSource.of(step.content()), options(number));
        }
        System.out.println("done " + number + ".");
      }
    }

    private static PutOptions options(int number) {
      return PutOptions.defaults().withMetadata(Metadata.of("step", Integer.toString(number)));
    }

    /** As sloppy stores do: metadata first, and then the content into the file that is there. */
    private static void writeInPlace(ArtifactStore store, Path root, Step step) throws IOException {
      store.put(sample(step.key), ContentSource.of(new byte[step.size]), options(step.number));
      Files.write(
          root.resolve("log-samples").resolve(sample(step.key).key().value()), step.content());
    }
  }
}
