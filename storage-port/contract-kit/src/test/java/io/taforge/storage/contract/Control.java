package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A store with one flaw, for the contract to find.
 *
 * @param flaw what it does wrong
 * @param areas the letters of the areas that should find it, and are run for that
 * @param harness opens it; a new one for each case
 */
record Control(String flaw, String areas, Supplier<InMemoryHarness> harness) {
  /** A store whose handles know nothing of each other beyond what the space has. */
  static Control of(String flaw, String areas, UnaryOperator<ArtifactStore> broken) {
    return sharing(flaw, areas, () -> broken);
  }

  /** A store whose handles on one space have something in common; made once for each space. */
  static Control sharing(String flaw, String areas, Supplier<UnaryOperator<ArtifactStore>> broken) {
    return new Control(
        flaw,
        areas,
        () -> {
          UnaryOperator<ArtifactStore> ofThisSpace = broken.get();
          return new InMemoryHarness() {
            @Override
            ArtifactStore handle(ArtifactStore store) {
              return ofThisSpace.apply(store);
            }
          };
        });
  }

  @Override
  public String toString() {
    return flaw;
  }
}
