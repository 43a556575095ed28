package io.taforge.storage.client;

import io.taforge.artifact.retention.RetentionPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be cleaned up.
 *
 * @param policy tells which log samples have been kept long enough
 * @param leftoversAfter how old what writers have left behind must be to go, too; empty if it stays
 * @param guards stop it
 */
public record Cleanup(
    RetentionPolicy policy, Optional<Duration> leftoversAfter, CleanupGuards guards) {
  /** How old leftovers must be: whatever is still being written is younger. */
  public static final Duration LEFTOVERS_AFTER = Duration.ofDays(1);

  /** Log samples that this policy does not keep, and nothing else; with the default guards. */
  public static Cleanup of(RetentionPolicy policy) {
    return new Cleanup(policy, Optional.empty(), CleanupGuards.DEFAULT);
  }

  /** And what writers have left behind, of all kinds, a day ago or more. */
  public Cleanup withLeftovers() {
    return new Cleanup(policy, Optional.of(LEFTOVERS_AFTER), guards);
  }

  /** With other guards. */
  public Cleanup guardedBy(CleanupGuards others) {
    return new Cleanup(policy, leftoversAfter, others);
  }
}
