package io.taforge.storage.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of {@link io.taforge.storage.LinkSigner} and of the server that its links lead to,
 * level Signed, as 16 cases. It comes beside {@link ArtifactStoreContract}, with the same harness:
 *
 * <pre>{@code
 * class MySignedLinksTest extends SignedLinksContract {
 *   protected ArtifactStoreHarness harness() {
 *     return new MyHarness();
 *   }
 * }
 * }</pre>
 *
 * <p>Where the server takes a link that was tampered with, no case means anything, and each is
 * INCONCLUSIVE. A store that says it has no links is held to that, and its cases are not run.
 */
@ExtendWith(ContractReport.class)
public abstract class SignedLinksContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  @Nested
  @DisplayName("I Signed links")
  final class Links extends LinkCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return SignedLinksContract.this.harness();
    }
  }
}
