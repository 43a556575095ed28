package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What the upkeep of a store relies on: leases, the backend's time, and what writers leave behind.
 * An adapter's test extends it like {@link ArtifactStoreContract}; the cases have no level of their
 * own.
 */
public abstract class UpkeepContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("Leases")
  final class Leasing extends LeaseCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return UpkeepContract.this.harness();
    }
  }

  @Nested
  @DisplayName("Leftovers")
  final class Leaving extends LeftoverCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return UpkeepContract.this.harness();
    }
  }
}
