package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/**
 * That a store keeps what has a strange name under exactly that name, and that what it takes as a
 * text of its own, such as a version, leads nowhere. An adapter's test extends it like {@link
 * ArtifactStoreContract}; the cases have no level of their own.
 *
 * <p>{@code -Dhostile.names=N} tries so many names of those that are allowed, chosen by {@code
 * -Dhostile.seed=N}; without it {@link #usualNames} are.
 */
public abstract class HostileNamesContract {
  /** A new harness with an empty space; asked for before each case. */
  protected abstract ArtifactStoreHarness harness();

  /** So many names are tried if nothing is said; all, unless the way to the store is long. */
  protected int usualNames() {
    return Integer.MAX_VALUE;
  }

  /** Looks whether anything is where it should not be, after each case; throws if it is. */
  protected void checkSurroundings() {
    // nobody but the adapter's author knows where that would be
  }

  @Nested
  final class Names extends HostileNameCases {
    @Override
    ArtifactStoreHarness newHarness() {
      return HostileNamesContract.this.harness();
    }

    @Override
    String adapter() {
      return HostileNamesContract.this.getClass().getSimpleName();
    }

    @Override
    List<String> names() {
      long seed = Long.getLong("hostile.seed", 20261128L);
      return chosen(allowed(), Integer.getInteger("hostile.names", usualNames()), seed);
    }

    @Override
    void checkSurroundings() {
      HostileNamesContract.this.checkSurroundings();
    }
  }

  /**
   * Those of the texts that are file names; all others have been refused in a message of a line.
   */
  static List<String> allowed() {
    List<String> allowed = new ArrayList<>();
    for (String text : HostileTexts.all()) {
      try {
        allowed.add(FileName.of(text).value());
      } catch (InvalidKeyException e) {
        assertThat(e.getMessage()).matches("[^\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]{1,1000}");
      }
    }
    return allowed;
  }

  static List<String> chosen(List<String> names, int most, long seed) {
    if (names.size() <= most) {
      return names;
    }
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, most);
  }
}
