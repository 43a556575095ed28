package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kills one {@link CrashWriter} after the other, and counts what is lost. */
final class Crashes implements AutoCloseable {
  private static final int NOTHING = -1;
  private static final int DAMAGED = -2;

  private final QuickJvm jvm;
  private final Path root;
  private final Path temporary;
  private final String how;
  private final Random random;

  /** The last step about each sample that was acknowledged; a cleanup is one about many. */
  private final Map<Integer, Integer> known = new TreeMap<>();

  private Process writer;
  private int next;
  private int acknowledged;
  private int cleanups;
  private int lost;
  private int partial;
  private int leftBehind;

  Crashes(Path base, String how, long seed) throws IOException, InterruptedException {
    this.root = base.resolve("root");
    this.temporary = Files.createDirectory(base.resolve("tmp"));
    this.how = how;
    this.random = new Random(seed);
    this.jvm =
        QuickJvm.after(
            base, List.of(CrashWriter.class.getName(), base.resolve("trained").toString(), "once"));
    this.writer = start();
  }

  /** What was found. */
  record Tally(int acknowledged, int cleanups, int lost, int partial, int leftBehind) {
    @Override
    public String toString() {
      return String.format(
          "%d acknowledged writes, %d of them cleanups, %d lost, %d partial or mixed, %d left behind",
          acknowledged, cleanups, lost, partial, leftBehind);
    }
  }

  Tally tally() {
    return new Tally(acknowledged, cleanups, lost, partial, leftBehind);
  }

  /** Lets a process write, kills it, and looks what is there. */
  void crash() throws Exception {
    int last = killed(5 + random.nextInt(60), random.nextInt(30));
    writer = start(); // it has its class path to read while we look
    for (int number = next; number <= last; number++) {
      acknowledge(CrashStep.of(number));
    }
    check(CrashStep.of(last + 1));
    next = last + 1;
  }

  private void acknowledge(CrashStep step) {
    acknowledged++;
    cleanups += step.what() == CrashStep.What.CLEAN_UP ? 1 : 0;
    for (int key = 0; key < CrashStep.KEYS; key++) {
      if (step.isAbout(key)) {
        known.put(key, outcome(step));
      }
    }
  }

  private static int outcome(CrashStep step) {
    return step.what() == CrashStep.What.PUT ? step.number() : NOTHING;
  }

  private Process start() throws IOException {
    return jvm.start(
        List.of("-Djava.io.tmpdir=" + temporary),
        List.of(CrashWriter.class.getName(), root.toString(), how));
  }

  /** The last step that the process has acknowledged when it is dead. */
  private int killed(int afterSteps, int afterMillis) throws Exception {
    writer.outputWriter().write(next + "\n");
    writer.outputWriter().flush();
    int last = next - 1;
    List<String> strange = new ArrayList<>();
    try (BufferedReader lines = writer.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("done ") || !line.endsWith(".")) {
          strange.add(line);
          continue;
        }
        last = Integer.parseInt(line.substring(5, line.length() - 1));
        if (last - next == afterSteps) {
          TimeUnit.MILLISECONDS.sleep(afterMillis);
          writer.toHandle().destroyForcibly(); // the process' own would close what it has printed
        }
      }
    }
    writer.waitFor();
    if (last < next) {
      throw new IOException("The writer said: " + strange);
    }
    return last;
  }

  private void check(CrashStep inFlight) throws IOException {
    try (ArtifactStore store = FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
      store.createBuckets();
      int present = 0;
      for (int key = 0; key < CrashStep.KEYS; key++) {
        int found = found(store, key);
        boolean isAsBefore = found == known.getOrDefault(key, NOTHING);
        boolean isAsAfter = inFlight.isAbout(key) && found == outcome(inFlight);
        if (found == DAMAGED) {
          partial++;
        } else if (!isAsBefore && !isAsAfter) {
          lost++;
        }
        known.put(key, found);
        present += found == NOTHING ? 0 : 1;
      }
      long listed = store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).count();
      lost += (int) Math.abs(listed - present);
      leftBehind += leftovers();
    }
  }

  /** The step whose content is there, whole and with its own metadata. */
  private static int found(ArtifactStore store, int key) throws IOException {
    try (ArtifactContent content = store.get(CrashStep.sample(key))) {
      byte[] bytes = content.stream().readAllBytes();
      int step = Integer.parseInt(content.artifact().metadata().value("step").orElse("-2"));
      boolean isWhole = step >= 0 && Arrays.equals(bytes, CrashStep.of(step).content());
      return isWhole ? step : DAMAGED;
    } catch (StorageNotFoundException e) {
      return NOTHING;
    } catch (StorageException e) {
      return DAMAGED;
    }
  }

  private int leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".taforge/work"));
        Stream<Path> top = Files.list(root)) {
      return (int)
          (files.filter(file -> file.toString().endsWith(".part")).count()
              + top.filter(file -> file.getFileName().toString().startsWith(".taforge-")).count());
    }
  }

  @Override
  public void close() throws InterruptedException {
    writer.destroyForcibly().waitFor();
  }
}
