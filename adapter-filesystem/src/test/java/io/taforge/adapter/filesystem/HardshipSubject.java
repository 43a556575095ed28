package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.Lease;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StoredArtifact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process that works in a folder while somebody takes away from it what it needs. */
final class HardshipSubject {
  private FaultWorld world;
  private final Path root;
  private final boolean isSloppy;

  private HardshipSubject(Path root, boolean isSloppy) {
    this.root = root;
    this.isSloppy = isSloppy;
    this.world = new FaultWorld(root);
  }

  public static void main(String[] arguments) throws Exception {
    boolean isSloppy = arguments[2].equals("sloppy");
    HardshipSubject subject = new HardshipSubject(Path.of(arguments[0]), isSloppy);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    warmUp(Path.of(arguments[1]));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      try {
        subject.follow(order);
        System.out.println("followed " + order);
      } catch (Exception e) {
        System.out.println("could not " + order + ": " + FaultSubject.told(e));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private void follow(String order) throws Exception {
    switch (order) {
      case "fill" -> world.fill("a", "b");
      case "close" -> world.close();
      case "open" -> world = new FaultWorld(root);
      case "try" -> tryAll();
      case "state" -> System.out.println("state|" + world.state());
      case "tidy" -> {
        world.close();
        world = new FaultWorld(root);
        world.store().createBuckets();
        System.out.println("temporaries|" + world.temporaries());
      }
      default -> throw new IllegalArgumentException(order);
    }
  }

  /** Loads the classes, for which there may be nothing left later. */
  private static void warmUp(Path elsewhere) throws Exception {
    HardshipSubject other = new HardshipSubject(elsewhere, false);
    other.world.fill("a", "b");
    for (Deed.Call call : calls(false).values()) {
      call.in(other.world);
    }
    other.world.state();
    other.follow("tidy");
    FaultSubject.told(new IOException("nothing"));
    other.world.close();
  }

  private void tryAll() {
    calls(isSloppy)
        .forEach(
            (name, call) -> {
              String outcome;
              try {
                outcome = call.in(world);
              } catch (Throwable e) {
                outcome = FaultSubject.told(e);
              }
              System.out.println(name + "|" + outcome);
            });
  }

  private static Map<String, Deed.Call> calls(boolean isSloppy) {
    Map<String, Deed.Call> calls = new LinkedHashMap<>();
    calls.put("get", HardshipSubject::get);
    calls.put("find", w -> "ok " + w.store().find(FaultWorld.sample("b")).isPresent());
    calls.put("list", w -> "ok " + w.store().scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).count());
    calls.put("put new", isSloppy ? HardshipSubject::putSloppily : HardshipSubject::putNew);
    calls.put("put over", w -> "ok " + w.put("a", FaultWorld.NEW, PutOptions.defaults()));
    calls.put("replace metadata", HardshipSubject::replaceMetadata);
    calls.put("lease", HardshipSubject::lease);
    calls.put("delete", w -> "ok " + w.store().delete(FaultWorld.sample("b")));
    return calls;
  }

  private static String get(FaultWorld world) throws Exception {
    try (ArtifactContent content = world.store().get(FaultWorld.sample("a"))) {
      return "ok " + FaultWorld.version("a", content.stream().readAllBytes());
    }
  }

  private static String putNew(FaultWorld world) {
    return "ok " + world.put("c", FaultWorld.NEW, PutOptions.defaults());
  }

  /** As if failures did not matter. */
  private static String putSloppily(FaultWorld world) {
    try {
      return putNew(world);
    } catch (StorageException e) {
      return "ok, it will be right";
    }
  }

  /** To what it is already, so that it makes no difference to what is looked for. */
  private static String replaceMetadata(FaultWorld world) {
    StoredArtifact found = world.store().find(FaultWorld.sample("a")).orElseThrow();
    Metadata same = found.metadata();
    world.store().replaceMetadata(FaultWorld.sample("a"), same, found.version());
    return "ok";
  }

  private static String lease(FaultWorld world) throws Exception {
    try (Lease lease = world.store().acquireLease("somebody", Duration.ofMinutes(1))) {
      return "ok";
    }
  }
}
