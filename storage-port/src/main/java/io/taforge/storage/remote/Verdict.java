package io.taforge.storage.remote;

import io.taforge.storage.BucketCheck.Status;

/**
 * How something is that was looked at.
 *
 * @param detail why; empty if there is nothing to add
 */
record Verdict(Status status, String detail) {
  static Verdict ok() {
    return new Verdict(Status.OK, "");
  }

  static Verdict failed(String detail) {
    return new Verdict(Status.FAILED, detail);
  }

  static Verdict unknown(String detail) {
    return new Verdict(Status.UNKNOWN, detail);
  }
}
