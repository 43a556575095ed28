package io.taforge.storage;

import io.taforge.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Finds content that somebody opened and forgot to close. When the garbage collector comes across
 * it, its connection or file is closed, and whoever {@link #subscribe subscribed} is told. The
 * library itself logs nothing.
 */
public final class ContentLeaks {
  private static final Cleaner CLEANER =
      Cleaner.create(
          work -> {
            Thread thread = new Thread(work, "taforge-content-leaks");
            thread.setDaemon(true);
            return thread;
          });
  private static final List<Consumer<Artifact>> SUBSCRIBERS = new CopyOnWriteArrayList<>();

  private ContentLeaks() {}

  /** Being told of leaks; closing it ends that. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Tells the subscriber, in a thread of this class, each artifact whose content leaked. */
  public static Subscription subscribe(Consumer<Artifact> subscriber) {
    SUBSCRIBERS.add(subscriber);
    return () -> SUBSCRIBERS.remove(subscriber);
  }

  static Watch watch(ContentStream owner, InputStream raw, ReadAlong hashing, Artifact artifact) {
    Resource resource = new Resource(raw, hashing, artifact);
    return new Watch(resource, CLEANER.register(owner, resource));
  }

  /** The way to say that content was closed as it should be. */
  static final class Watch {
    private final Resource resource;
    private final Cleaner.Cleanable cleanable;

    private Watch(Resource resource, Cleaner.Cleanable cleanable) {
      this.resource = resource;
      this.cleanable = cleanable;
    }

    void closed() {
      resource.isInCare.set(true);
      cleanable.clean();
    }
  }

  /** Must not know its owner, or the owner would never become unreachable. */
  private static final class Resource implements Runnable {
    private final InputStream raw;
    private final ReadAlong hashing;
    private final Artifact artifact;
    private final AtomicBoolean isInCare = new AtomicBoolean();

    Resource(InputStream raw, ReadAlong hashing, Artifact artifact) {
      this.raw = raw;
      this.hashing = hashing;
      this.artifact = artifact;
    }

    @Override
    public void run() {
      hashing.close();
      try {
        raw.close();
      } catch (IOException e) {
        // nothing more can be read from it either way
      }
      if (!isInCare.get()) {
        SUBSCRIBERS.forEach(subscriber -> subscriber.accept(artifact));
      }
    }
  }
}
