package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of the buckets themselves, level Admin, as 8 cases. It comes beside {@link
 * ArtifactStoreContract}, with the same harness:
 *
 * <pre>{@code
 * class MyAdminTest extends AdminContract {
 *   protected ArtifactStoreHarness harness() {
 *     return new MyHarness();
 *   }
 * }
 * }</pre>
 *
 * <p>It is about what an adapter does, area K. The limit on uploads and statistics, areas J and M,
 * are of the service above all adapters.
 */
@ExtendWith(ContractReport.class)
public abstract class AdminContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("K Buckets")
  final class Keeping extends BucketCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return AdminContract.this.harness();
    }
  }
}
