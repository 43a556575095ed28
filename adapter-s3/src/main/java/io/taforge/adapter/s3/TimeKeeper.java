package io.taforge.adapter.s3;

/** Who sees to it that a request takes no longer than it may. */
enum TimeKeeper {
  /** This adapter's transport, which reads {@link RequestTerms}. */
  TRANSPORT,
  /** The SDK, for each attempt and for all of them together. */
  SDK,
  /** The caller's client as it was built; the SDK, if that allows more for all attempts. */
  CALLER
}
