package io.taforge.load;

import com.sun.management.UnixOperatingSystemMXBean;
import io.taforge.adapter.filesystem.FilesystemArtifactStore;
import io.taforge.adapter.filesystem.FilesystemSettings;
import io.taforge.adapter.minio.MinioArtifactStore;
import io.taforge.adapter.minio.MinioSettings;
import io.taforge.adapter.s3.S3ArtifactStore;
import io.taforge.adapter.s3.S3Settings;
import io.taforge.links.LinkServer;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.contract.FaultyArtifactStore;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.RemoteStoreProofs;
import io.taforge.testbed.S3Target;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** The process under load: what it holds of heap, descriptors and threads is its own alone. */
final class Load {
  static final int CLIENTS = 64;
  private static final int SAMPLES = 60;

  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder acts = new LongAdder();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final long startedAt = System.nanoTime();

  private Load() {}

  /** Arguments: the backend, where it is, for how many seconds, the seed, and whether to leak. */
  public static void main(String[] arguments) throws Exception {
    Load load = new Load();
    load.look("before");
    try (ArtifactStore store = open(arguments[0], arguments[1])) {
      store.createBuckets();
      long seconds = Long.parseLong(arguments[2]);
      long seed = Long.parseLong(arguments[3]);
      if (!arguments[0].equals("links")) {
        ObjectStorageClient client = new ObjectStorageClient(store);
        load.run(
            arguments[4].equals("leak") ? leak(client) : new StoreClient(client), seconds, seed);
      } else {
        ObjectStorageClient served = new ObjectStorageClient(faulty(store, seed));
        try (LinkServer server =
            LinkServer.start(served, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
          load.run(new LinkClient(new ObjectStorageClient(store)), seconds, seed);
        }
      }
    }
    TimeUnit.SECONDS.sleep(1);
    load.look("after");
    new TreeMap<>(load.outcomes).forEach((what, times) -> System.out.println(what + "\t" + times));
  }

  static ArtifactStore open(String backend, String where) {
    if (backend.equals("filesystem") || backend.equals("links")) {
      return FilesystemArtifactStore.open(FilesystemSettings.at(Path.of(where)));
    }
    S3Target target = S3Target.decode(where);
    Endpoint endpoint = new Endpoint(target.endpoint());
    Credentials keys = new Credentials(target.accessKey(), target.secretKey());
    return backend.equals("s3")
        ? S3ArtifactStore.open(
            S3Settings.at(endpoint, keys)
                .withRegion(target.region())
                .withBuckets(target.buckets())
                .withTransfers(transfers()))
        : MinioArtifactStore.open(
            MinioSettings.at(endpoint, keys)
                .withRegion(target.region())
                .withBuckets(target.buckets())
                .withTransfers(transfers()));
  }

  /** Some requests are never answered, and nobody should have to wait for those for long. */
  private static TransferSettings transfers() {
    return RemoteStoreProofs.patient().withAttempts(3, Duration.ofSeconds(4));
  }

  /** A hundredth of what is asked of the store fails, but its links are still its own. */
  private static ArtifactStore faulty(ArtifactStore store, long seed) {
    ArtifactStore faulty = FaultyArtifactStore.atRate(store, seed, 0.01);
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(),
            new Class<?>[] {ArtifactStore.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(
                    method.getName().equals("linkSigner") ? store : faulty, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What the look at heap and descriptors must find out: content that nobody closes. */
  private static Client leak(ObjectStorageClient client) {
    List<ArtifactContent> kept = new ArrayList<>();
    return (random, number) -> {
      var sample = StoreClient.any(random);
      client.upload(
          sample, ContentSource.of(new Numbered(number).content()), PutOptions.defaults());
      ArtifactContent content = client.download(sample);
      content.stream().read();
      synchronized (kept) {
        kept.add(content);
      }
      return "leak";
    };
  }

  private void run(Client client, long seconds, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      long first = i * 1_000_000_000L;
      clients.add(threads.submit(() -> actUntilOver(client, new Random(seed + first), first)));
    }
    for (int i = 0; i < SAMPLES; i++) {
      TimeUnit.MILLISECONDS.sleep(seconds * 1000 / SAMPLES);
      look("during");
    }
    isOver.set(true);
    for (Future<?> each : clients) {
      each.get(2, TimeUnit.MINUTES); // whoever is not back by then hangs
    }
    threads.shutdown();
    client.close();
  }

  private void actUntilOver(Client client, Random random, long first) {
    for (long number = first; !isOver.get(); number++) {
      String outcome;
      try {
        outcome = client.act(random, number);
      } catch (Throwable e) {
        outcome = "OUTSIDE THE TAXONOMY: " + e;
        if (!outcomes.containsKey(outcome)) {
          e.printStackTrace(); // each once
        }
      }
      outcomes.computeIfAbsent(outcome, any -> new LongAdder()).increment();
      acts.increment();
    }
  }

  private void look(String when) {
    System.gc(); // so that what is left is what is held
    Runtime heap = Runtime.getRuntime();
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.printf(
        "%s\t%d\t%d\t%d\t%d\t%d%n",
        when,
        (System.nanoTime() - startedAt) / 1_000_000,
        heap.totalMemory() - heap.freeMemory(),
        system.getOpenFileDescriptorCount(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        acts.sum());
  }
}
