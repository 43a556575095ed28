package io.taforge.testbed;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Has a caller write, and loses the answers. */
final class LostAnswers {
  private static final int LANES = 4;

  /**
   * What came of it.
   *
   * @param writes how many there were
   * @param inParts how many of them went up in parts and lost the answer of their completion
   * @param conflicts how many were refused because of themselves
   * @param complaints all that should not have been
   */
  record Found(int writes, int inParts, int conflicts, List<String> complaints) {
    String line() {
      return writes
          + " writes whose answers were lost, "
          + inParts
          + " of them completions of parts: "
          + conflicts
          + " in conflict with themselves, "
          + (complaints.size() - conflicts)
          + " otherwise failed or not exactly once";
    }
  }

  private final MemoryS3 server;
  private final String bucket;
  private final Random random;

  LostAnswers(MemoryS3 server, String bucket, Random random) {
    this.server = server;
    this.bucket = bucket;
    this.random = random;
  }

  /**
   * So many writes.
   *
   * @param calls how often each is tried by whoever is told that there was no answer
   */
  Found run(Function<URI, NetworkCaller> opener, int writes, int calls) throws Exception {
    AtomicInteger left = new AtomicInteger(writes);
    AtomicInteger inParts = new AtomicInteger();
    AtomicInteger conflicts = new AtomicInteger();
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    SideBySideLanes.run(
        LANES,
        () -> {
          try (FaultProxy proxy = FaultProxy.to(server.endpoint());
              NetworkCaller caller = opener.apply(proxy.endpoint())) {
            for (int i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
              boolean isLarge = i % 10 == 0;
              if (isLarge) {
                inParts.incrementAndGet();
              }
              Optional<String> complaint = write(proxy, caller, isLarge, calls);
              complaint.ifPresent(complaints::add);
              if (complaint.filter(text -> text.startsWith("conflict")).isPresent()) {
                conflicts.incrementAndGet();
              }
            }
          }
        });
    return new Found(writes, inParts.get(), conflicts.get(), List.copyOf(complaints));
  }

  private Optional<String> write(
      FaultProxy proxy, NetworkCaller caller, boolean isLarge, int calls) {
    String folder = "samples/" + UUID.randomUUID() + "/";
    String key = folder + "a.log";
    byte[] content = new byte[isLarge ? (5 << 20) + 1 : 1 + random.nextInt(5000)];
    random.nextBytes(content);
    proxy.inject(Fault.lostAnswer().on(LostAnswers::isCommit));
    try {
      if (isLarge) {
        patiently(calls, () -> caller.put(key, content));
      } else {
        patiently(calls, () -> caller.create(key, content));
      }
      return isOnce(folder, key, content) ? Optional.empty() : Optional.of("not once: " + key);
    } catch (Exception e) {
      return Optional.of(
          (isOnce(folder, key, content) ? "conflict with itself: " : "failed: ") + e);
    } finally {
      proxy.heal();
      proxy.forgetRequests();
      server.buckets().forget(bucket, key);
    }
  }

  private static void patiently(int calls, SideBySideLanes.Work call) throws Exception {
    try {
      call.go();
    } catch (Exception e) {
      if (calls == 1) {
        throw e;
      }
      patiently(calls - 1, call);
    }
  }

  private boolean isOnce(String folder, String key, byte[] content) {
    return server.buckets().all(bucket).tailMap(folder).keySet().stream()
                .filter(each -> each.startsWith(folder))
                .count()
            == 1
        && Arrays.equals(server.buckets().find(bucket, key).orElseThrow().content(), content)
        && server.buckets().uploadsOf(bucket, key) == 0;
  }

  private static boolean isCommit(ProxiedRequest request) {
    return request.isWrite()
        && !request.query().contains("partNumber=")
        && !request.query().startsWith("uploads");
  }
}
