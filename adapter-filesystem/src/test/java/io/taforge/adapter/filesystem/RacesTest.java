package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.adapter.filesystem.FilesystemSettings.Durability;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.LogSample;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads that put, create, replace, read and delete the same two samples get answers that they
 * could have got one after another. Lincheck makes the same scenarios in each run; {@code
 * -Draces.operations} says how many operations of them are run on each store.
 */
@Tag("reliability")
class RacesTest {
  private static final int OPERATIONS = Integer.getInteger("races.operations", 10_000);
  private static final int THREADS = 3;
  private static final int EACH = 3;
  private static final int RUNS = 200;

  /** Threads of a machine that has much else to do are not hanging. */
  private static final long PATIENCE = 300_000;

  /** A new store each time. */
  public static final class OnMemory extends Races {
    public OnMemory() {
      super(new InMemoryArtifactStore(), 1);
    }
  }

  /** Creates in two steps: somebody else may do the same in between. */
  public static final class OnMemoryThatLooksFirst extends Races {
    public OnMemoryThatLooksFirst() {
      super(lookingFirst(new InMemoryArtifactStore()), 1);
    }
  }

  /** One store for all: to set it up takes longer than to use it. */
  public static final class OnFolder extends Races {
    private static final AtomicLong INSTANCES = new AtomicLong();
    private static ArtifactStore store;

    public OnFolder() {
      super(store, next());
    }

    static long next() {
      long number = INSTANCES.incrementAndGet();
      if (number % 1000 == 0) {
        store.deleteEverything(ArtifactKind.LOG_SAMPLE);
      }
      return number;
    }
  }

  /** Writes content and metadata one after the other. */
  public static final class OnFolderInTwoSteps extends Races {
    public OnFolderInTwoSteps() {
      super(inTwoSteps(OnFolder.store), OnFolder.next());
    }
  }

  @Test
  void memoryAnswersAsIfOneCameAfterTheOther(@TempDir Path folder) throws Exception {
    assertThat(alone("memory", folder)).startsWith("Reliability K1: ");
  }

  @Test
  void aFolderAnswersAsIfOneCameAfterTheOther(@TempDir Path folder) throws Exception {
    assertThat(alone("folder", folder)).startsWith("Reliability K1: ");
  }

  @Test
  void aStoreThatLooksBeforeItCreatesIsFoundOut(@TempDir Path folder) throws Exception {
    assertThat(alone("looking-first", folder)).startsWith("Reliability K1 control: ");
  }

  @Test
  void aStoreThatWritesInTwoStepsIsFoundOut(@TempDir Path folder) throws Exception {
    assertThat(alone("two-steps", folder)).startsWith("Reliability K1 control: ");
  }

  /** Lincheck rewrites all classes that a JVM has loaded, so it gets one of its own. */
  private static String alone(String what, Path folder) throws Exception {
    String output =
        Jvm.run(
            Map.of(),
            List.of("-Draces.operations=" + OPERATIONS),
            List.of(Alone.class.getName(), what, folder.toString()));
    String found =
        output
            .lines()
            .filter(line -> line.startsWith("Reliability "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(output));
    System.out.println(found);
    return found;
  }

  /** The process that races. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] arguments) {
      OnFolder.store = open(Path.of(arguments[1]));
      switch (arguments[0]) {
        case "memory" -> {
          stress().check(OnMemory.class);
          report("K1", "in memory");
        }
        case "folder" -> {
          stress().check(OnFolder.class);
          report("K1", "in a folder");
        }
        case "looking-first" ->
            findOut(OnMemoryThatLooksFirst.class, "until a create that looks first was found out");
        default -> findOut(OnFolderInTwoSteps.class, "until a put in two steps was found out");
      }
      OnFolder.store.close();
    }

    private static void findOut(Class<? extends Races> broken, String until) {
      try {
        stress().check(broken);
      } catch (LincheckAssertionError e) {
        report("K1 control", until);
        return;
      }
      throw new AssertionError("Nothing was found");
    }
  }

  private static StressOptions stress() {
    return new StressOptions()
        .iterations(Math.max(1, OPERATIONS / (RUNS * THREADS * EACH)))
        .invocationsPerIteration(RUNS)
        .threads(THREADS)
        .actorsPerThread(EACH)
        .actorsBefore(1)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .invocationTimeout$lincheck(PATIENCE) // not hidden from Java; ten seconds without it
        .sequentialSpecification(OneAfterAnother.class);
  }

  private static void report(String id, String where) {
    long operations = Races.OPERATIONS.sum();
    if (operations == 0) {
      throw new AssertionError("Nothing was done");
    }
    System.out.println(
        "Reliability "
            + id
            + ": "
            + operations
            + " operations of "
            + THREADS
            + " threads on 2 samples "
            + where);
  }

  private static ArtifactStore open(Path folder) {
    ArtifactStore store =
        FilesystemArtifactStore.open(FilesystemSettings.at(folder).withDurability(Durability.NONE));
    store.createBuckets();
    return store;
  }

  private static ArtifactStore lookingFirst(ArtifactStore store) {
    return putting(
        store,
        (sample, source, options) -> {
          if (!(options.condition() instanceof WriteCondition.IfAbsent)) {
            return store.put(sample, source, options);
          }
          if (store.find(sample).isPresent()) {
            throw StorageConflictException.alreadyStored(FailureContext.of(Operation.PUT));
          }
          Thread.yield();
          return store.put(sample, source, options.on(WriteCondition.always()));
        });
  }

  private static ArtifactStore inTwoSteps(ArtifactStore store) {
    return putting(
        store,
        (sample, source, options) -> {
          StoredArtifact content =
              store.put(sample, source, PutOptions.defaults().on(options.condition()));
          return store.replaceMetadata(sample, options.metadata(), content.version());
        });
  }

  private interface Put {
    StoredArtifact put(LogSample sample, ContentSource source, PutOptions options);
  }

  /** The store with another way to put. */
  private static ArtifactStore putting(ArtifactStore store, Put put) {
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(),
            new Class<?>[] {ArtifactStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("put")) {
                return put.put(
                    (LogSample) arguments[0],
                    (ContentSource) arguments[1],
                    (PutOptions) arguments[2]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
