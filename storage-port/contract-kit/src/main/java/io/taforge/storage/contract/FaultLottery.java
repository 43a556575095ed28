package io.taforge.storage.contract;

import io.taforge.storage.Operation;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageUploadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws what a network does to a share of all calls. The same seed draws the same for the same call
 * of an operation, in whatever order calls of several operations come.
 */
final class FaultLottery implements FaultPlan.Lot {
  private static final Set<Operation> WRITES = EnumSet.of(Operation.PUT, Operation.DELETE);
  private static final int MOST_MILLISECONDS = 50;

  private final long seed;
  private final double rate;

  FaultLottery(long seed, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(rate + " is not a rate: 0 to 1 is allowed");
    }
    this.seed = seed;
    this.rate = rate;
  }

  @Override
  public Optional<StoreFault> draw(Operation operation, long call, boolean isWholeContent) {
    SplittableRandom random =
        new SplittableRandom(
            (seed * 31 + operation.name().hashCode()) * 0x9E3779B97F4A7C15L + call);
    if (random.nextDouble() >= rate) {
      return Optional.empty();
    }
    List<StoreFault> possible = possible(operation, isWholeContent, random);
    return Optional.of(possible.get(random.nextInt(possible.size())));
  }

  private static List<StoreFault> possible(
      Operation operation, boolean isWholeContent, SplittableRandom random) {
    List<StoreFault> faults = new ArrayList<>();
    faults.add(StoreFault.failure(StorageConnectionException::new));
    faults.add(StoreFault.delay(Duration.ofMillis(1 + random.nextInt(MOST_MILLISECONDS))));
    if (WRITES.contains(operation)) {
      faults.add(StoreFault.lostAnswer());
    }
    if (operation == Operation.PUT) {
      faults.add(StoreFault.failure(StorageUploadException::new));
    }
    if (operation == Operation.GET) {
      faults.add(StoreFault.failure(StorageDownloadException::new));
      faults.add(StoreFault.cutAt(random.nextDouble()));
    }
    if (isWholeContent) { // in a part nobody can tell, so nobody can be blamed
      faults.add(StoreFault.flippedBitAtShare(random.nextDouble()));
    }
    return faults;
  }
}
