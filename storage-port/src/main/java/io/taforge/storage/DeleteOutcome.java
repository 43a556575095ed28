package io.taforge.storage;

/** What a delete found. */
public enum DeleteOutcome {
  /** There was an artifact, and it is gone. */
  DELETED,
  /** There was none. */
  ABSENT
}
