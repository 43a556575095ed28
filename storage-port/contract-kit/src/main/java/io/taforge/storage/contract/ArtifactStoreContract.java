package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link io.taforge.storage.ArtifactStore}, level Core, as 100 cases. An adapter's
 * test extends it and says how its store is opened:
 *
 * <pre>{@code
 * class MyStoreContractTest extends ArtifactStoreContract {
 *   protected ArtifactStoreHarness harness() {
 *     return new MyHarness();
 *   }
 * }
 * }</pre>
 *
 * <p>The cases are out of reach for the subclass, so none can be overridden or left out. {@link
 * ContractReport} writes {@code target/contract-report/<test class>.json}.
 */
@ExtendWith(ContractReport.class)
public abstract class ArtifactStoreContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("A Write and read")
  final class Writing extends WritingCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("B Ranges")
  final class Ranges extends RangeCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("C Keys and names")
  final class Keys extends KeyCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("D Metadata, type, tags")
  final class Describing extends DescriptionCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("E Integrity")
  final class Integrity extends IntegrityCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("F Conditional and concurrent")
  final class Conditions extends ConditionCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("G Delete")
  final class Deleting extends DeleteCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("H List")
  final class Listing extends ListCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("N Errors")
  final class Failing extends FailureCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }

  @Nested
  @DisplayName("O Life cycle and limits")
  final class Living extends LifeCycleCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return ArtifactStoreContract.this.harness();
    }
  }
}
