package io.taforge.storage;

import io.taforge.artifact.Artifact;
import java.util.List;

/**
 * What became of many deletes.
 *
 * @param removed what is not there any more, or never was
 * @param failures what could not be removed, and why
 */
public record DeleteReport(List<Artifact> removed, List<Failure> failures) {
  /**
   * An artifact that could not be removed.
   *
   * @param artifact which one
   * @param reason why not
   */
  public record Failure(Artifact artifact, StorageException reason) {}

  /** Keeps copies. */
  public DeleteReport {
    removed = List.copyOf(removed);
    failures = List.copyOf(failures);
  }

  /** Whether nothing failed. */
  public boolean isComplete() {
    return failures.isEmpty();
  }
}
