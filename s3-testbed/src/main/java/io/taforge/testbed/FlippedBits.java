package io.taforge.testbed;

import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Flips bits of what a caller reads, and of what it writes. */
final class FlippedBits {
  private static final int LANES = 4;

  /** Of so many downloads there is an upload, too. */
  private static final int DOWNLOADS_PER_UPLOAD = 10;

  /**
   * What came of it.
   *
   * @param downloads how many were changed on their way
   * @param uploads how many were changed on their way
   * @param found how many of both were found out
   * @param missed how many of both were taken for right
   */
  record Found(int downloads, int uploads, int found, int missed) {
    String line() {
      return downloads
          + " downloads and "
          + uploads
          + " uploads with a flipped bit: "
          + found
          + " found out, "
          + (downloads + uploads - found - missed)
          + " right when tried again, "
          + missed
          + " missed";
    }
  }

  private final MemoryS3 server;
  private final String bucket;
  private final long seed;

  FlippedBits(MemoryS3 server, String bucket, long seed) {
    this.server = server;
    this.bucket = bucket;
    this.seed = seed;
  }

  /**
   * In so many downloads, and in a tenth as many uploads.
   *
   * @param owner has stored what is downloaded
   */
  Found run(Function<URI, NetworkCaller> opener, NetworkCaller owner, int downloads)
      throws Exception {
    AtomicInteger left = new AtomicInteger(downloads);
    AtomicInteger uploads = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    AtomicInteger lanes = new AtomicInteger();
    SideBySideLanes.run(
        LANES,
        () -> {
          Random random = new Random(seed + lanes.incrementAndGet());
          byte[] content = bytes(random);
          String key = key();
          owner.put(key, content);
          try (FaultProxy proxy = FaultProxy.to(server.endpoint());
              NetworkCaller caller = opener.apply(proxy.endpoint())) {
            for (int i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
              count(download(proxy, caller, key, content, random), found, missed);
              if (i % DOWNLOADS_PER_UPLOAD == 0) {
                uploads.incrementAndGet();
                count(upload(proxy, caller, random), found, missed);
              }
            }
          }
        });
    return new Found(downloads, uploads.get(), found.get(), missed.get());
  }

  private enum Result {
    FOUND,
    RIGHT,
    MISSED
  }

  private static void count(Result result, AtomicInteger found, AtomicInteger missed) {
    if (result == Result.FOUND) {
      found.incrementAndGet();
    } else if (result == Result.MISSED) {
      missed.incrementAndGet();
    }
  }

  private static Result download(
      FaultProxy proxy, NetworkCaller caller, String key, byte[] content, Random random) {
    proxy.inject(Fault.flippedBitAt(random.nextInt(content.length), random.nextInt(8)));
    try {
      return Arrays.equals(caller.get(key), content) ? Result.RIGHT : Result.MISSED;
    } catch (Exception e) {
      return caller.isDocumented(e) ? Result.FOUND : Result.MISSED;
    } finally {
      clean(proxy);
    }
  }

  private Result upload(FaultProxy proxy, NetworkCaller caller, Random random) {
    byte[] content = bytes(random);
    String key = key();
    proxy.inject(Fault.flippedUploadBitAt(random.nextInt(content.length), random.nextInt(8)));
    try {
      caller.put(key, content);
      return isThere(key, content) ? Result.RIGHT : Result.MISSED;
    } catch (Exception e) {
      boolean isAsItWas = server.buckets().find(bucket, key).isEmpty();
      return caller.isDocumented(e) && isAsItWas ? Result.FOUND : Result.MISSED;
    } finally {
      clean(proxy);
      server.buckets().forget(bucket, key);
    }
  }

  private boolean isThere(String key, byte[] content) {
    return server
        .buckets()
        .find(bucket, key)
        .filter(there -> Arrays.equals(there.content(), content))
        .isPresent();
  }

  private static void clean(FaultProxy proxy) {
    proxy.heal();
    proxy.forgetRequests();
  }

  private static byte[] bytes(Random random) {
    byte[] content = new byte[1 + random.nextInt(4000)];
    random.nextBytes(content);
    return content;
  }

  private static String key() {
    return "samples/" + UUID.randomUUID() + "/a.log";
  }
}
