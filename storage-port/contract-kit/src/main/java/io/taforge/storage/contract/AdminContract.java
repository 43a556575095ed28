package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of what operators see, level Admin, as 17 cases. It comes beside {@link
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
 * <p>Area K is about the adapter's buckets. The limit on uploads and statistics, areas J and M, are
 * of the client above all adapters, and are proven here on yours.
 */
@ExtendWith(ContractReport.class)
public abstract class AdminContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("J Upload limit")
  final class Limiting extends LimitCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return AdminContract.this.harness();
    }
  }

  @Nested
  @DisplayName("K Buckets")
  final class Keeping extends BucketCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return AdminContract.this.harness();
    }
  }

  @Nested
  @DisplayName("M Statistics")
  final class Counting extends StatisticsCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return AdminContract.this.harness();
    }
  }
}
