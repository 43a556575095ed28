package io.taforge.storage.contract;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;

/** One way in which a call of a {@link FaultyArtifactStore} goes wrong. */
public final class StoreFault {
  private static final String REASON = "this is a fault made for a test";

  private final String name;
  private Duration delay = Duration.ZERO;
  private BiFunction<FailureContext, String, StorageException> kind =
      StorageConnectionException::new;
  private boolean isBefore;
  private boolean isBehind;
  private boolean isOfContent;
  private LongUnaryOperator cut = StoreFault::nowhere;
  private LongUnaryOperator flip = StoreFault::nowhere;

  private StoreFault(String name) {
    this.name = name;
  }

  /**
   * The call fails, and nothing was done.
   *
   * @param kind makes the failure, such as {@code StorageConnectionException::new} or {@code
   *     (context, reason) -> StorageConflictException.alreadyStored(context)}
   */
  public static StoreFault failure(BiFunction<FailureContext, String, StorageException> kind) {
    StoreFault fault = new StoreFault("failure");
    fault.kind = kind;
    fault.isBefore = true;
    return fault;
  }

  /** The call does what it is to do, and fails as if its answer had not come through. */
  public static StoreFault lostAnswer() {
    StoreFault fault = new StoreFault("lost answer");
    fault.isBehind = true;
    return fault;
  }

  /** The call does what it is to do, so much later. */
  public static StoreFault delay(Duration time) {
    StoreFault fault = new StoreFault("delay of " + time.toMillis() + " ms");
    fault.delay = time;
    return fault;
  }

  /**
   * Content comes up to this byte, and reading on fails with a {@link StorageConnectionException};
   * shorter content misses its last byte. A call that opens no content is done as always.
   */
  public static StoreFault cutAfter(long bytes) {
    StoreFault fault = new StoreFault("cut after " + bytes + " bytes");
    fault.isOfContent = true;
    fault.cut = length -> Math.min(bytes, length - 1);
    return fault;
  }

  /**
   * One bit of content is another, in the byte at this position, or in the last one of shorter
   * content. Whoever reads the whole finds out by its SHA-256; whoever opens a part gets it as it
   * is, for nobody can tell. A call that opens no content is done as always.
   */
  public static StoreFault flippedBitAt(long position) {
    StoreFault fault = new StoreFault("flipped bit in byte " + position);
    fault.isOfContent = true;
    fault.flip = length -> Math.min(position, length - 1);
    return fault;
  }

  /** A cut at this share of the content's length, from 0 to less than 1. */
  static StoreFault cutAt(double share) {
    StoreFault fault = new StoreFault("cut at " + percent(share));
    fault.isOfContent = true;
    fault.cut = length -> (long) (share * length);
    return fault;
  }

  /** A flipped bit at this share of the content's length, from 0 to less than 1. */
  static StoreFault flippedBitAtShare(double share) {
    StoreFault fault = new StoreFault("flipped bit at " + percent(share));
    fault.isOfContent = true;
    fault.flip = length -> (long) (share * length);
    return fault;
  }

  /** What happens before the store is asked. */
  void before(FailureContext context) {
    if (!delay.isZero()) {
      waitFor(context);
    }
    if (isBefore) {
      throw kind.apply(context, REASON);
    }
  }

  /** What happens when the store has done it. */
  void behind(FailureContext context) {
    if (isBehind) {
      throw kind.apply(context, REASON + ": it was done, and the answer was lost");
    }
  }

  boolean changesContent() {
    return isOfContent;
  }

  /** At which byte content of this length is cut; negative if it is not. */
  long cutIn(long length) {
    return cut.applyAsLong(length);
  }

  /** Which byte of content of this length is another; negative if none is. */
  long flipIn(long length) {
    return flip.applyAsLong(length);
  }

  private void waitFor(FailureContext context) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    }
  }

  private static long nowhere(long length) {
    return -1;
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  /** What it is, in some words. */
  @Override
  public String toString() {
    return name;
  }
}
