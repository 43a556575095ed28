package io.taforge.adapter.filesystem;

import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One deed, done once in a thread that waits for it, and then looked at. */
final class FaultTrial {
  /** That there is one temporary file more. */
  static final String ONE_LEFT = "1 temporary files are left";

  private final Deed deed;
  private final FaultWorld world;
  private final Map<String, String> before;
  private final long temporariesBefore;
  private final CountDownLatch start = new CountDownLatch(1);
  private final CountDownLatch isThere = new CountDownLatch(1);
  private final Thread thread;
  private volatile long threadId;
  private volatile @Nullable String answer;
  private volatile @Nullable Throwable failure;

  private FaultTrial(Deed deed, FaultWorld world, Map<String, String> before) throws IOException {
    this.deed = deed;
    this.world = world;
    this.before = before;
    this.temporariesBefore = world.temporaries();
    this.thread = new Thread(this::work, deed.name());
  }

  static FaultTrial begin(Deed deed, Path root) throws Exception {
    FaultWorld world = new FaultWorld(root);
    deed.setup().in(world);
    FaultTrial trial = new FaultTrial(deed, world, world.state());
    trial.thread.setDaemon(true);
    trial.thread.start();
    trial.isThere.await();
    return trial;
  }

  /** What Linux calls its thread. */
  long thread() {
    return threadId;
  }

  private void work() {
    try {
      Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      threadId = Long.parseLong(self.getFileName().toString());
    } catch (IOException e) {
      failure = e;
    }
    isThere.countDown();
    try {
      start.await();
      answer = deed.call().in(world);
    } catch (Throwable e) {
      failure = e;
    }
  }

  void run() throws InterruptedException {
    start.countDown();
    thread.join();
  }

  /** How it went, and what is wrong, in a line: {@code ok}, or the failure, and the faults. */
  String verdict() {
    List<String> wrong = new ArrayList<>();
    Throwable failed = failure;
    try {
      if (failed == null && !deed.answer().equals(answer)) {
        wrong.add("answers " + answer + " and not " + deed.answer());
      }
      if (failed != null && !(failed instanceof StorageException)) {
        wrong.add("untyped: " + FaultSubject.told(failed));
      }
      lookAround(failed != null, wrong);
      if (failed != null) {
        doAgain(wrong);
      }
    } catch (Exception e) {
      wrong.add("cannot be looked at: " + FaultSubject.told(e));
    }
    closeAndLookForOpenFiles(wrong);
    String outcome = failed == null ? "ok" : FaultSubject.told(failed);
    return outcome + "|" + String.join("; ", wrong);
  }

  private Map<String, String> after() {
    Map<String, String> after = new TreeMap<>(before);
    after.putAll(deed.after());
    return after;
  }

  /** Each sample is as before or as after; after a success, as after. */
  private void lookAround(boolean isFailed, List<String> wrong) throws IOException {
    Map<String, String> after = after();
    world
        .state()
        .forEach(
            (name, found) -> {
              boolean isOld =
                  isFailed && (found.equals(before.get(name)) || found.equals(deed.between()));
              if (!isOld && !found.equals(after.get(name))) {
                wrong.add(name + " is " + FaultSubject.oneLine(found));
              }
            });
    long temporaries = world.temporaries();
    if (temporaries > temporariesBefore) {
      wrong.add(temporaries - temporariesBefore + ONE_LEFT.substring(1));
    }
  }

  /** The next call works, unless the first has done what it was to do. */
  private void doAgain(List<String> wrong) throws Exception {
    try {
      deed.call().in(world);
    } catch (StorageConflictException | StorageNotFoundException e) {
      if (deed.after().isEmpty()) {
        wrong.add("the next call fails: " + FaultSubject.told(e));
      }
    } catch (StorageException e) {
      wrong.add("the next call fails: " + FaultSubject.told(e));
    }
    world
        .state()
        .forEach(
            (name, found) -> {
              if (!found.equals(after().get(name))) {
                wrong.add(name + " is in the end " + FaultSubject.oneLine(found));
              }
            });
  }

  private void closeAndLookForOpenFiles(List<String> wrong) {
    try {
      world.close();
    } catch (Exception e) {
      wrong.add("cannot be closed: " + FaultSubject.told(e));
    }
    try {
      List<String> open = world.open();
      if (!open.isEmpty()) {
        wrong.add(open.size() + " descriptors are left open: " + FaultSubject.oneLine(open.get(0)));
      }
    } catch (IOException e) {
      wrong.add("descriptors cannot be counted: " + FaultSubject.told(e));
    }
  }
}
