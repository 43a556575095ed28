package io.taforge.storage;

import java.util.List;
import java.util.Optional;

/**
 * How a backend's own rules compare with a policy.
 *
 * @param bucket where the rules are
 * @param wanted the rule that the policy comes to; empty if it keeps everything
 * @param isThere whether a rule with the id of ours is there, whatever it says
 * @param found what that rule says; empty if it is not there, is disabled, or says other things
 *     than a {@link NativeRule} can
 * @param foreign the ids of all other rules, which are nobody's business here
 */
public record NativeRetentionState(
    String bucket,
    Optional<NativeRule> wanted,
    boolean isThere,
    Optional<NativeRule> found,
    List<String> foreign) {
  /** Keeps a copy. */
  public NativeRetentionState {
    foreign = List.copyOf(foreign);
  }

  /** Whether nothing would have to be changed. */
  public boolean isInPlace() {
    return isThere == wanted.isPresent() && found.equals(wanted);
  }
}
