package io.taforge.storage.client;

import java.util.Optional;

/**
 * What came of planning a cleanup.
 *
 * @param report what applying the plan now would come to; nothing was removed
 * @param plan the plan; empty if not all could be listed or the clocks differ, as the report tells.
 *     One that a guard would stop is there to be looked at.
 */
public record CleanupTrial(CleanupReport report, Optional<CleanupPlan> plan)
    implements AutoCloseable {
  /** Removes the plan's file, unless the caller has said where it is to lie. */
  @Override
  public void close() {
    plan.ifPresent(CleanupPlan::close);
  }
}
