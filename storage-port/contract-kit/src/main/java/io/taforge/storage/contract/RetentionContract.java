package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link io.taforge.storage.client.Retention} over a store, level Retention, as 14
 * cases: what has been kept long enough goes, and nothing else. It comes beside {@link
 * ArtifactStoreContract}, with the same harness, and an author has nothing more to write:
 *
 * <pre>{@code
 * class MyRetentionTest extends RetentionContract {
 *   protected ArtifactStoreHarness harness() {
 *     return new MyHarness();
 *   }
 * }
 * }</pre>
 */
@ExtendWith(ContractReport.class)
public abstract class RetentionContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("L Retention")
  final class Retaining extends RetentionCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return RetentionContract.this.harness();
    }
  }
}
