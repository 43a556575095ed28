package io.taforge.storage;

import io.taforge.artifact.retention.RetentionPolicy;
import java.util.Optional;

/**
 * A backend's own way of removing log samples that have outlived their period, such as S3's
 * lifecycle rules: it goes on when no process of ours does.
 *
 * <p>Such rules know nothing of {@link io.taforge.artifact.Metadata#HOLD}: a sample that is held by
 * its metadata goes with the others. Locks of the backend itself are respected by it. In a bucket
 * with versions, an expired sample can no longer be seen, and its content stays until a rule about
 * old versions removes that.
 *
 * <p>There is one rule of ours in the bucket of the samples, recognised by its id and limited to
 * their keys. All others are foreign, and kept as they are. Backends have no conditions here: of
 * two who change rules at the same moment, one may undo what the other does, foreign rules
 * included.
 */
public interface NativeRetention {
  /**
   * The rule that a policy comes to; empty if it keeps everything. Asks nobody.
   *
   * @throws IllegalArgumentException if the period is not a number of whole days, which is all that
   *     such rules can say
   */
  Optional<NativeRule> rule(RetentionPolicy policy);

  /**
   * Looks how the rules that are there compare with a policy; changes nothing.
   *
   * @throws IllegalArgumentException as {@link #rule} does
   */
  NativeRetentionState compare(RetentionPolicy policy);

  /**
   * Brings it about that our rule says what the policy does, or is not there if the policy keeps
   * everything; and reads the rules again to see that. Where that is so already, nothing is
   * written.
   *
   * @return what was there before
   * @throws IllegalArgumentException as {@link #rule} does
   * @throws StorageRetentionException if the backend has not kept what it was sent
   */
  NativeRetentionState apply(RetentionPolicy policy);
}
