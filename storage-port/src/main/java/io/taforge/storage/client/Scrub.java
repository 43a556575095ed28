package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ProgressListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is to be read again; immutable. {@link #everything} takes as long as it takes.
 *
 * @param percent the chance of each artifact to be in the sample, in percent: more than 0, and 100
 *     for all
 * @param seed which sample; the same one holds the same artifacts again
 * @param longest after which time nothing more is begun or read on; empty if that is not limited
 * @param progress is told how many bytes have been read so far
 */
public record Scrub(
    double percent, int seed, Optional<Duration> longest, ProgressListener progress) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no such percentage, or the time is not positive
   */
  public Scrub {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          percent + " % is not a sample: it must be more than 0 and at most 100");
    }
    if (longest.filter(time -> time.isZero() || time.isNegative()).isPresent()) {
      throw new IllegalArgumentException(
          longest.get() + " is no time to scrub in: it must be positive");
    }
  }

  /** All that is stored. */
  public static Scrub everything() {
    return new Scrub(100, 0, Optional.empty(), ProgressListener.NONE);
  }

  /** A sample of this size, another one each time. */
  public Scrub sampling(double share) {
    return sampling(share, ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
  }

  /** A sample of this size, the one with this seed. */
  public Scrub sampling(double share, int itsSeed) {
    return new Scrub(share, itsSeed, longest, progress);
  }

  /** For no longer than this. */
  public Scrub within(Duration time) {
    return new Scrub(percent, seed, Optional.of(time), progress);
  }

  /** Telling this listener, one thread after the other, how many bytes have been read. */
  public Scrub telling(ProgressListener listener) {
    return new Scrub(percent, seed, longest, listener);
  }

  /** Whether an artifact is in the sample; that depends on its key and the seed alone. */
  boolean takes(Artifact artifact) {
    if (percent == 100) {
      return true;
    }
    MessageDigest digest = Sha256.newDigest();
    digest.update((seed + "/").getBytes(StandardCharsets.US_ASCII));
    byte[] dice = digest.digest(artifact.key().value().getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(dice).getLong() >>> 11) * 0x1.0p-53 * 100 < percent;
  }
}
