package io.taforge.testbed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Something that is asked of a server over a bad network, and how one sees what came of it. */
enum NetworkTask {
  GET {
    @Override
    boolean does(NetworkCaller caller, Scene scene) throws Exception {
      return Arrays.equals(caller.get(scene.key()), scene.old());
    }
  },
  PUT {
    @Override
    boolean does(NetworkCaller caller, Scene scene) throws Exception {
      caller.put(scene.key(), scene.fresh());
      return scene.holds(scene.fresh());
    }
  },
  PUT_IN_PARTS {
    @Override
    boolean does(NetworkCaller caller, Scene scene) throws Exception {
      caller.put(scene.key(), scene.fresh());
      return scene.holds(scene.fresh());
    }
  },
  LIST {
    @Override
    boolean does(NetworkCaller caller, Scene scene) throws Exception {
      return caller.list(scene.folder()).equals(scene.keys());
    }
  },
  DELETE {
    @Override
    boolean does(NetworkCaller caller, Scene scene) throws Exception {
      caller.delete(scene.key());
      return scene.isEmpty();
    }
  };

  private static final int LISTED = 5;

  /** Does it; whether what it came to is true. */
  abstract boolean does(NetworkCaller caller, Scene scene) throws Exception;

  /** What is on the server before, in a folder of its own, and what is to be there. */
  static final class Scene {
    private final MemoryBuckets buckets;
    private final String bucket;
    private final String folder;
    private final List<String> keys = new ArrayList<>();
    private final byte[] old;
    private final byte[] fresh;

    Scene(NetworkTask task, MemoryBuckets buckets, String bucket, Random random) {
      this.buckets = buckets;
      this.bucket = bucket;
      this.folder = "samples/" + new UUID(random.nextLong(), random.nextLong()) + "/";
      for (int i = 0; i < (task == LIST ? LISTED : 1); i++) {
        keys.add(folder + i + ".log");
      }
      this.old = bytes(random, task == LIST ? 10 : 10_000 + random.nextInt(50_000));
      int size = task == PUT_IN_PARTS ? (5 << 20) + 1000 : 1000 + random.nextInt(50_000);
      this.fresh = task == PUT || task == PUT_IN_PARTS ? bytes(random, size) : old;
    }

    /** Puts on the server what is to be there before. */
    void set(NetworkTask task, NetworkCaller patient, Random random) throws Exception {
      boolean isPut = task == PUT || task == PUT_IN_PARTS;
      if (!isPut || random.nextBoolean()) {
        for (String each : keys) {
          patient.put(each, old);
        }
      }
    }

    String folder() {
      return folder;
    }

    String key() {
      return keys.get(0);
    }

    List<String> keys() {
      return keys;
    }

    byte[] old() {
      return old;
    }

    byte[] fresh() {
      return fresh;
    }

    boolean isEmpty() {
      return buckets.find(bucket, key()).isEmpty();
    }

    boolean holds(byte[] content) {
      return found().filter(there -> Arrays.equals(there, content)).isPresent();
    }

    /** Whether there is nothing, or one of the two, whole. */
    boolean isWhole() {
      return found().isEmpty() || holds(old) || holds(fresh);
    }

    /** Forgets all of it; how many uploads in parts were left open. */
    int clear() {
      int open = buckets.uploadsOf(bucket, key());
      keys.forEach(each -> buckets.forget(bucket, each));
      return open;
    }

    private Optional<byte[]> found() {
      return buckets.find(bucket, key()).map(MemoryObject::content);
    }

    private static byte[] bytes(Random random, int size) {
      byte[] bytes = new byte[size];
      byte[] some = new byte[Math.min(size, 64_000)];
      random.nextBytes(some);
      for (int at = 0; at < size; at += some.length) { // megabytes of chance take their time
        System.arraycopy(some, 0, bytes, at, Math.min(some.length, size - at));
      }
      return bytes;
    }
  }
}
